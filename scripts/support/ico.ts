// Puts pictures of several sizes into one Windows icon (.ico), each as the PNG that it is. Draws nothing.

export type IcoPicture = { readonly size: number; readonly png: Buffer }

const headerBytes = 6
const entryBytes = 16

/** The file's bytes. Sizes are 1 to 256 pixels, each once. Pure. */
export const icoOf = (pictures: readonly IcoPicture[]): Buffer => {
  const header = Buffer.alloc(headerBytes)
  header.writeUInt16LE(1, 2) // An icon, no cursor.
  header.writeUInt16LE(pictures.length, 4)
  let offset = headerBytes + entryBytes * pictures.length
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(entryBytes)
    // 256 does not fit into a byte and is written as 0.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4) // Planes.
    entry.writeUInt16LE(32, 6) // Bits for each pixel.
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)])
}
