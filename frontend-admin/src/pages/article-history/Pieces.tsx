import type { Piece } from './compare.ts'

/** A line with the words marked that the other side does not have: by colour and by a line. */
export function Pieces({ side, pieces }: { side: 'before' | 'after'; pieces: Piece[] }) {
  const Tag = side === 'before' ? 'del' : 'ins'
  let offset = 0
  return pieces.map((piece) => {
    const key = offset
    offset += piece.text.length + 1
    return piece.changed ? <Tag key={key}>{piece.text}</Tag> : <span key={key}>{piece.text}</span>
  })
}
