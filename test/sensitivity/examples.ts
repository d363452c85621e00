/** Networks with all that moves a state but reactions. Every saved time lies away from edges and crossings. */
export const scheduled = {
  crossings: `param k = 0.5, L = 0.7, D = 0.4, c = 2
    init A = 1; const F = 1.3
    A ->{k*c^2} B
    B + F ->{0.3} C + F
    dose A += D*c when C rises L/5
    dose B = D when A falls 0.15
    simulate to 6`,
  phases: `param k = 0.5, d = 0.4, T1 = 1.5, T2 = 0.8
    init A = 1, Z = 0.5
    f: A ->{k} B
    g[1]: B ->{0.3*k} C
    2 C ->{0.1} C
    g[2]: C + Z ->{1} D + Z
    phase one T1: f
    phase two T2 + T1/3: g[*]
    dose A += d*k at one
    dose Z = 0.2*T2 at two
    simulate to 8`,
  'phases that start at crossings': `param k = 0.5, L = 0.7, d = 0.4, T1 = 1.5, T2 = 0.8, c = 2
    init A = 1, Z = 0.5
    f: A ->{k*c} B
    g[1]: B ->{0.3*c} C
    2 C ->{0.1} C
    g[2]: C + Z ->{1} D + Z
    phase one T1: f
    phase two T2 + T1/3 when B rises 0.3: g[*]
    phase three 0.5 when D rises L/10: *
    dose A += d*c at one
    dose A = d at three
    dose C += 0.1*d when D rises L/10
    simulate to 8`,
} as const;

export const saveAt = [0, 0.5, 1.1, 2, 3, 4.4, 5.9];
