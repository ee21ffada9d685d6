import type { CellSetting } from './matrixKeys';

export type MatrixLevel = 'none' | 'read' | 'write';

export interface MatrixCell {
  /** What the person has now. */
  level: MatrixLevel;
  /** What the role alone would give. */
  roleLevel: MatrixLevel;
  /** How it came about: by the role, or set for this person. */
  setting: CellSetting;
  /** Set although the role says the same: it stays when the role changes. */
  pinned: boolean;
  /** Runs out by itself. */
  expires?: boolean;
  /** Why it was set, for the hover text. */
  reason?: string | null;
  /** Being saved. */
  pending?: boolean;
  /** Why the last change was refused; the cell is as it was before. */
  refused?: string | undefined;
}

export interface MatrixHead {
  id: string;
  name: string;
}

export interface MatrixRow extends MatrixHead {
  /** By column. */
  cells: Readonly<Record<string, MatrixCell>>;
}
