let connected = false;

/** Whether the server can tell this tab what happens. While it can't, what runs is asked for again and again. */
export const isConnected = () => connected;

export function setConnected(now: boolean) {
  connected = now;
}
