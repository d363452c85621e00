import { isWritableName } from '../../network/names.js';

/** Names for what an SBML file identifies, unique among themselves. */
export class Names {
  private readonly taken = new Set<string>();

  /**
   * @param reserved identifiers of the file, which no name may take from their owners
   * @param allowed says which names there may be besides
   */
  constructor(
    private readonly reserved: ReadonlySet<string>,
    private readonly allowed: (name: string) => boolean = () => true,
  ) {}

  /** The id itself or, in a file that a writer of ours has made, the name that it had. */
  of({ id, name }: { id: string; name?: string | undefined }, restored: boolean): string {
    const own = restored && name !== undefined && isWritableName(name) && this.allowed(name) ? name : id;
    const free = own === id || !(this.reserved.has(own) || this.taken.has(own));
    return this.take(free ? own : id);
  }

  /** A name like this one, which may not be free. */
  like(wanted: string): string {
    let name = wanted;
    for (let i = 2; this.taken.has(name) || this.reserved.has(name); i++) name = `${wanted}_${i}`;
    return this.take(name);
  }

  private take(name: string): string {
    this.taken.add(name);
    return name;
  }
}
