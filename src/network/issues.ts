import type { Issue, SourceSpan } from './model.js';

/** Most errors, and most warnings, that one reading collects. */
export const issueLimit = 100;

/** A finding before it becomes an issue. */
export interface Finding {
  /** A stable, camel-case identifier. */
  code: string;
  message: string;
  hint?: string | undefined;
  /** Where it stands; left out when there is no source text. */
  at?: SourceSpan | undefined;
  /** The name a finding about a missing or idle name is about. */
  about?: string | undefined;
}

/** `, first on line 3`, when there is a text to point into. */
export const firstOn = (at: SourceSpan | undefined): string =>
  at && at.line > 0 ? `, first on line ${at.line}` : '';

/** True when `one` stands later in the text than `other`. */
export function isAfter(one: SourceSpan | undefined, other: SourceSpan | undefined): boolean {
  if (!one || !other) return one !== undefined;
  return one.line > other.line || (one.line === other.line && one.column > other.column);
}

/** Collects findings up to a limit, in the order of the text. */
export class IssueList {
  private readonly errors: Issue[] = [];
  private readonly warnings: Issue[] = [];
  private droppedErrors = false;
  private droppedWarnings = false;

  /**
   * Names that stand in a statement that could not be read. That they seem undefined or unused afterwards is a
   * consequence of the first error, so findings about them are left out.
   */
  readonly suspects = new Set<string>();

  /** True once an error had to be left out: reading on is of no use. */
  get overflowed(): boolean {
    return this.droppedErrors;
  }

  get hasErrors(): boolean {
    return this.errors.length > 0;
  }

  error(finding: Finding): void {
    if (finding.about !== undefined && this.suspects.has(finding.about)) return;
    if (this.errors.length < issueLimit) this.errors.push(toIssue('error', finding));
    else this.droppedErrors = true;
  }

  warning(finding: Finding): void {
    if (finding.about !== undefined && this.suspects.has(finding.about)) return;
    if (this.warnings.length < issueLimit) this.warnings.push(toIssue('warning', finding));
    else this.droppedWarnings = true;
  }

  /** The issues by line and column, and after them a note when some were left out. */
  list(): Issue[] {
    const issues = [...this.errors, ...this.warnings];
    issues.sort((a, b) => a.line - b.line || a.column - b.column);
    const last = issues.at(-1);
    const at = last && { line: last.line, column: last.column };
    if (this.droppedErrors) {
      const message = `more than ${issueLimit} errors; the others are not listed`;
      issues.push(toIssue('error', { code: 'tooManyIssues', message, at }));
    } else if (this.droppedWarnings) {
      const message = `more than ${issueLimit} warnings; the others are not listed`;
      issues.push(toIssue('warning', { code: 'tooManyIssues', message, at }));
    }
    return issues;
  }
}

function toIssue(severity: Issue['severity'], { code, message, hint, at }: Finding): Issue {
  const place = { line: at?.line ?? 0, column: at?.column ?? 0 };
  return hint === undefined
    ? { severity, code, message, ...place }
    : { severity, code, message, hint, ...place };
}
