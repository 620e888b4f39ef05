/** Hands the parts of a text to the browser as a CSV file. */
export function saveFile(name: string, parts: BlobPart[]): void {
  // With a byte order mark spreadsheets read it as UTF-8.
  const url = URL.createObjectURL(new Blob(['\u{feff}', ...parts], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
