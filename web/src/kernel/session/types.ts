export type Level = 'none' | 'read' | 'write';

export interface Me {
  user: {
    id: string;
    email: string;
    fullName: string;
    role: string;
    locale: string;
    timeZone: string;
    theme: 'system' | 'light' | 'dark';
  };
  tenant: { id: string; slug: string; name: string; timeZone: string; modules: string[] };
  tenants: { slug: string; name: string; role: string }[];
  pages: Record<string, Level>;
  viewAs: { id: string; fullName: string } | null;
}

export interface SignedIn extends Me {
  accessToken: string;
  expiresAt: string;
  csrfToken: string;
}
