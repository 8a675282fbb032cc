import { useEffect, useRef, type ReactNode } from 'react'
import { height, useSeen } from './useSeen.ts'
import './Rows.css'

export interface Column<Row> {
  readonly key: string
  readonly name: string
  readonly cell: (row: Row) => ReactNode
  /** In the words of a grid: `120px`, `minmax(200px, 1fr)`. */
  readonly width: string
  /** Numbers and moments stand at the end. */
  readonly isEnd?: boolean
}

interface Props<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  /** How many there are in all, as far as it is known. */
  readonly total?: number
  /** The row that is shown beside. */
  readonly openId?: string | undefined
  readonly onOpen: (id: string) => void
  readonly picked?: ReadonlySet<string>
  readonly onPick?: (ids: ReadonlySet<string>) => void
  readonly pickWords?: { readonly all: string; readonly one: (row: Row) => string }
  /** The end comes near. */
  readonly onEnd?: () => void
  /** Which rows can be seen: the first and the last, from 1. */
  readonly onSeen?: (first: number, last: number) => void
}

/** Rows that are drawn beyond those that can be seen, so that none is missing while one scrolls. */
const beyond = 12

/** Rows of 40 pixels with horizontal lines only; of however many only those that can be seen are drawn. */
export function Rows<Row>(props: Props<Row>) {
  const { label, columns, rows, total, openId, idOf, onEnd, onSeen, onPick } = props
  const box = useRef<HTMLDivElement>(null)
  const { first, last, top } = useSeen(box, rows.length)
  useEffect(() => {
    if (rows.length === 0) return
    onSeen?.(first + 1, last + 1)
    if (last >= rows.length - 10) onEnd?.()
  }, [first, last, rows.length, onEnd, onSeen])
  const at = rows.findIndex((row) => idOf(row) === openId)
  useEffect(() => {
    if (at >= 0) top(at)
  }, [at, top])
  const from = Math.max(0, first - beyond)
  const widths = [...(onPick ? ['40px'] : []), ...columns.map((c) => c.width)].join(' ')
  const setWidths = (grid: HTMLDivElement | null) => grid?.style.setProperty('--columns', widths)
  return (
    <div className="ui-rows" role="grid" aria-label={label} aria-rowcount={(total ?? rows.length) + 1} ref={setWidths}>
      <div role="rowgroup" className="ui-rows-head">
        <Head {...props} />
      </div>
      <div role="rowgroup" className="ui-rows-body" ref={box}>
        <div
          className="ui-rows-all"
          role="presentation"
          ref={(all) => all?.style.setProperty('height', `${rows.length * height}px`)}
        >
          {rows.slice(from, last + 1 + beyond).map((row, i) => (
            <RowLine key={idOf(row)} {...props} row={row} index={from + i} />
          ))}
        </div>
      </div>
    </div>
  )
}

function Head<Row>({ columns, rows, idOf, picked, onPick, pickWords }: Props<Row>) {
  const isAll = rows.length > 0 && rows.every((row) => picked?.has(idOf(row)))
  return (
    <div role="row" className="ui-rows-row" aria-rowindex={1}>
      {onPick && (
        <span role="columnheader" className="ui-rows-pick">
          <input
            type="checkbox"
            aria-label={pickWords?.all}
            checked={isAll}
            onChange={() => onPick(isAll ? new Set() : new Set(rows.map(idOf)))}
          />
        </span>
      )}
      {columns.map((column) => (
        <span key={column.key} role="columnheader" data-end={column.isEnd || undefined}>
          {column.name}
        </span>
      ))}
    </div>
  )
}

interface LineProps<Row> extends Props<Row> {
  readonly row: Row
  readonly index: number
}

function RowLine<Row>({ row, index, columns, idOf, openId, onOpen, picked, onPick, pickWords }: LineProps<Row>) {
  const id = idOf(row)
  return (
    <div
      role="row"
      className="ui-rows-row"
      aria-rowindex={index + 2}
      aria-selected={id === openId}
      ref={(line) => line?.style.setProperty('transform', `translateY(${index * height}px)`)}
      onClick={() => onOpen(id)}
    >
      {onPick && (
        <span role="gridcell" className="ui-rows-pick" onClick={(pressed) => pressed.stopPropagation()}>
          <input
            type="checkbox"
            aria-label={pickWords?.one(row)}
            checked={picked?.has(id) ?? false}
            onChange={() => onPick(toggled(picked, id))}
          />
        </span>
      )}
      {columns.map((column) => (
        <span key={column.key} role="gridcell" data-column={column.key} data-end={column.isEnd || undefined}>
          {column.cell(row)}
        </span>
      ))}
    </div>
  )
}

function toggled(picked: ReadonlySet<string> | undefined, id: string): ReadonlySet<string> {
  const next = new Set(picked)
  if (!next.delete(id)) next.add(id)
  return next
}
