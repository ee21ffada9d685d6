export { RecordCreate } from './RecordCreate';
export { RecordEdit } from './RecordEdit';
export { RecordPanel } from './RecordPanel';
