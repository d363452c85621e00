/** Something that this build or this machine does not have: reported, never counted. */
export class Absent extends Error {
  override readonly name = 'Absent';
}
