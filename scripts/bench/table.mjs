/**
 * `isAimed` is there where the bound is an aim, which a run may miss.
 *
 * @typedef {{ what: string, value: number, unit: string, cap: number | null, floor: number | null, isWithin: boolean, isAimed?: boolean }} Row
 */

/** @param {readonly Row[]} rows */
export function printTable(rows) {
  const cells = [
    ['what', 'measured', 'cap', 'floor', ''],
    ...rows.map((row) => [
      row.what,
      `${row.value} ${row.unit}`,
      row.cap === null ? '–' : `${row.cap}${row.isAimed === undefined ? '' : ' (aim)'}`,
      row.floor === null ? '–' : String(row.floor),
      row.isAimed === false ? 'missed' : row.isWithin ? '' : 'OVER'
    ])
  ]
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? []
  for (const row of cells)
    console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '))
}
