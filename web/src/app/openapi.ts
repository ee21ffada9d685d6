import 'swagger-ui-dist/swagger-ui.css';
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';

SwaggerUI({
  url: '/openapi/v1.json',
  dom_id: '#openapi',
  deepLinking: true,
  // The validator badge would call a foreign server.
  validatorUrl: null,
});
