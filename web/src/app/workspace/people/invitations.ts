import { request } from '@/kernel/http/request';
import { queryClient } from '@/kernel/query';

export interface Invitation {
  id: string;
  email: string;
  fullName: string | null;
  role: string;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
}

export interface NewInvitation {
  id: string;
  /** Shown once; the server keeps only its digest. */
  link: string;
  email: string;
  role: string;
  expiresAt: string;
}

const path = '/api/v1/invitations';
export const inviteKeys = ['invitations'] as const;

export async function sendInvitation(body: Record<string, unknown>): Promise<NewInvitation> {
  const made = await request<NewInvitation>('POST', path, { body });
  void queryClient.invalidateQueries({ queryKey: inviteKeys });
  return made;
}

export const readInvitations = (signal: AbortSignal) => request<{ items: Invitation[] }>('GET', path, { signal });

export async function revokeInvitation(id: string): Promise<void> {
  await request('DELETE', `${path}/${id}`);
  void queryClient.invalidateQueries({ queryKey: inviteKeys });
}
