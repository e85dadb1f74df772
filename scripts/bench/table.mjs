/**
 * @typedef {{ what: string, value: number, unit: string, cap: number, floor: number | null, isWithin: boolean }} Row
 */

/** @param {readonly Row[]} rows */
export function printTable(rows) {
  const cells = [
    ['what', 'measured', 'cap', 'floor', ''],
    ...rows.map((row) => [
      row.what,
      `${row.value} ${row.unit}`,
      String(row.cap),
      row.floor === null ? '–' : String(row.floor),
      row.isWithin ? '' : 'OVER'
    ])
  ]
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? []
  for (const row of cells)
    console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '))
}
