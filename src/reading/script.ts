import { Assembler } from '../network/assembler.js';
import type { Expression, Issue, Network } from '../network/model.js';
import { Places } from '../network/places.js';

import { type ExpressionDialect, readExpressionOf } from './expressions.js';
import { type Dialect, Refused, type Token, Tokens } from './tokens.js';

/**
 * Reads a text of statements into an assembler, for languages that are made of such. A statement that cannot be read
 * gives one issue, and reading goes on behind it.
 */
export abstract class ScriptReader {
  protected readonly places = new Places();
  protected readonly assembler = new Assembler(this.places);
  protected readonly tokens: Tokens;

  constructor(text: string, dialect: Dialect) {
    this.tokens = new Tokens(text, dialect);
  }

  /** Reads the statement that begins here, with its end. */
  protected abstract statement(): void;

  /** Goes on behind the statement in which reading has failed. */
  protected abstract recover(): void;

  /** What is left when all has been read. */
  protected complete(): void {}

  read(): { network: Network | null; issues: Issue[] } {
    const { assembler, tokens } = this;
    const { issues } = assembler;
    const small = assembler.run(() => {
      while (!tokens.atEnd && !issues.overflowed) {
        const { start } = tokens.token;
        if (this.attempt(() => this.statement())) continue;
        // What is refused at its first token is gone past, or it would be refused for ever.
        if (tokens.token.start === start) tokens.advance();
        this.recover();
      }
      if (tokens.unclosed) {
        const at = tokens.placeOf(tokens.unclosed);
        issues.error({ code: 'unclosedComment', message: 'the comment that begins here does not end', at });
      }
      if (!issues.overflowed) this.attempt(() => this.complete());
    });
    const network = small ? assembler.finish() : null;
    return { network, issues: issues.list() };
  }

  /** Runs what may refuse; false where it did, which is an issue then. */
  protected attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.assembler.issues.error(error.finding);
      return false;
    }
  }

  protected warn(code: string, message: string, at: { start: number } = this.tokens.token): void {
    this.assembler.issues.warning({ code, message, at: this.tokens.placeOf(at) });
  }

  /** A formula, of which the places of names are noted. */
  protected formula(dialect: ExpressionDialect): Expression {
    const first = this.tokens.token;
    const note = (node: Expression, token: Token) => this.note(node, token);
    const expression = readExpressionOf(this.tokens, { ...dialect, note });
    this.note(expression, first);
    return expression;
  }

  protected note(node: object, token: Token): void {
    const { line, column } = this.tokens.placeOf(token);
    this.places.note(node, line, column);
  }
}
