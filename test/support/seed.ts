// Which random cases a test plays. A build does not fail by chance: it plays the same ones each time, unless asked.

/** `SEED=…` those again, `SEED=random` others than the usual ones; whoever takes the seed prints it. */
export const askedSeed = (usual: number): number => {
  const asked = process.env['SEED']
  if (asked === undefined || asked === '') return usual
  return asked === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(asked)
}
