/** What the server says about its set-up. */
export interface SetupState {
  needsSetup: boolean;
  canFound: boolean;
  demo: boolean;
  modules: { key: string; name: string; description: string }[];
}
