import type shared from './app/messages/shared.en.json';
import type shell from './app/messages/shell.en.json';
import type signIn from './app/messages/sign-in.en.json';
import type backup from './app/workspace/backup/messages.en.json';
import type workspace from './app/workspace/messages.en.json';
import type kernel from './kernel/messages/en.json';
import type importing from './kernel/messages/import.en.json';
import type production from './modules/production/messages/production.en.json';
import type calls from './modules/recruiting/messages/calls.en.json';
import type candidates from './modules/recruiting/messages/candidates.en.json';
import type dashboard from './modules/recruiting/messages/dashboard.en.json';
import type interviews from './modules/recruiting/messages/interviews.en.json';
import type ui from './ui/messages/en.json';

declare module 'use-intl' {
  interface AppConfig {
    /** Keys of every catalogue: a mistyped one does not compile. Modules add their catalogue here. */
    Messages: typeof ui &
      typeof kernel &
      typeof importing &
      typeof shell &
      typeof signIn &
      typeof shared &
      typeof workspace &
      typeof backup &
      typeof calls &
      typeof interviews &
      typeof candidates &
      typeof dashboard &
      typeof production;
  }
}
