/** windows-1251 has no «³», so billing files write «м3», «куб.м», «м^3»; residents are shown «м³», «м²», «кВт·ч», «Гкал». */
export function canonicalUnit(unit: string): string {
  const plain = unit.toLowerCase().replace(/[\s.^*·-]/g, '')
  return canonical.get(plain) ?? unit
}

const canonical = new Map([
  ...['м3', 'м³', 'кубм', 'куб'].map((written) => [written, 'м³'] as const),
  ...['м2', 'м²', 'квм'].map((written) => [written, 'м²'] as const),
  ...['квтч', 'квтчас'].map((written) => [written, 'кВт·ч'] as const),
  ['гкал', 'Гкал'],
])
