// Chromium writes pictures fast and large: the same pixels from a palette of 256 colours, and well compressed.
import { deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const PALETTE = 256

/** Of 8 bits a channel, as a screenshot is. */
export function smaller(png) {
  const { width, height, channels, data } = read(png)
  const colours = new Map()
  const pixels = new Uint32Array(width * height)
  for (let at = 0; at < pixels.length; at += 1) {
    const from = at * channels
    const colour = (data[from] << 16) | (data[from + 1] << 8) | data[from + 2]
    pixels[at] = colour
    colours.set(colour, (colours.get(colour) ?? 0) + 1)
  }
  const palette = chosen(colours)
  const place = new Map()
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = pixels[y * width + x]
      let index = place.get(colour)
      if (index === undefined) place.set(colour, (index = nearest(palette, colour)))
      rows[y * (width + 1) + 1 + x] = index
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('PLTE', table), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

/** The commonest ones, but none that is hardly another than one that was taken. */
function chosen(colours) {
  const CLOSE = 48
  const byCount = [...colours].sort((a, b) => b[1] - a[1]).map(([colour]) => colour)
  const taken = []
  for (const colour of byCount) {
    if (taken.length === PALETTE) break
    if (taken.length < 32 || distance(colour, taken[nearest(taken, colour)]) > CLOSE) taken.push(colour)
  }
  return taken
}

function nearest(palette, colour) {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < palette.length; at += 1) {
    const apart = distance(palette[at], colour)
    if (apart < least) [best, least] = [at, apart]
  }
  return best
}

function distance(a, b) {
  const red = (a >> 16) - (b >> 16)
  const green = ((a >> 8) & 255) - ((b >> 8) & 255)
  const blue = (a & 255) - (b & 255)
  return 2 * red * red + 4 * green * green + 3 * blue * blue
}

function read(png) {
  let at = SIGNATURE.length
  const parts = []
  let width, height, channels
  while (at < png.length) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') {
      width = body.readUInt32BE(0)
      height = body.readUInt32BE(4)
      channels = body[9] === 6 ? 4 : 3
    }
    if (type === 'IDAT') parts.push(body)
    at += length + 12
  }
  return { width, height, channels, data: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels) }
}

function unfiltered(raw, row, height, channels) {
  const data = Buffer.alloc(row * height)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)]
    for (let x = 0; x < row; x += 1) {
      const at = y * row + x
      const left = x < channels ? 0 : data[at - channels]
      const above = y === 0 ? 0 : data[at - row]
      const corner = x < channels || y === 0 ? 0 : data[at - row - channels]
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]
      data[at] = raw[y * (row + 1) + 1 + x] + guess
    }
  }
  return data
}

function paeth(left, above, corner) {
  const guess = left + above - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? above : corner
}

function chunk(type, body) {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length, 0)
  head.write(type, 4, 'latin1')
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc(Buffer.concat([head.subarray(4), body])), 0)
  return Buffer.concat([head, body, sum])
}

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

function crc(bytes) {
  let value = 0xffffffff
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
