/** Reads chosen files; pictures are sent as photos, as both messengers do when one is dropped on them. */
export function readFiles(files) {
  return Promise.all(
    files.map(async (file) => ({
      kind: /^image\/(png|jpeg|gif)$/.test(file.type) ? 'photo' : 'document',
      name: file.name,
      base64: await base64(file),
    })),
  )
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
