/** The part of the plane that a decision map shows. */
export interface Plane {
  x: [number, number];
  y: [number, number];
}
