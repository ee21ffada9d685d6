import { describe, expect, it } from 'vitest';
import { passwordRules } from './passwordRules';

const met = (password: string) =>
  passwordRules(password)
    .filter(rule => rule.met)
    .map(rule => rule.id);

describe('the rules of a new password', () => {
  it.each([
    ['', []],
    ['Short-1', ['variety', 'kinds']],
    ['aaaaaaaaaaaa', ['length']],
    ['only lower case', ['length', 'variety']],
    ['a sentence of twenty characters', ['length', 'variety', 'kinds']],
    ['Mixed-Case-2026', ['length', 'variety', 'kinds']],
  ])('%s meets %j', (password, rules) => expect(met(password)).toEqual(rules));
});
