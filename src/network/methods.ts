/** The integration methods a `method` directive may name. `auto` leaves the choice to the simulator. */
export const methodNames = ['auto', 'rodas5p', 'rodas4', 'tsit5', 'bdf'] as const;
