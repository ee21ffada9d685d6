/** The server's policy as far as it can be told while typing; common words and one's own name it checks itself. */
export interface PasswordRule {
  id: 'length' | 'variety' | 'kinds';
  met: boolean;
}

const minimumLength = 12;
/** From here on a sentence needs no signs. */
const sentenceLength = 20;

export function passwordRules(password: string): PasswordRule[] {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{N}]/u].filter(kind => kind.test(password)).length;
  return [
    { id: 'length', met: password.length >= minimumLength },
    { id: 'variety', met: new Set(password).size >= 5 },
    { id: 'kinds', met: password !== '' && (kinds >= 3 || password.length >= sentenceLength) },
  ];
}
