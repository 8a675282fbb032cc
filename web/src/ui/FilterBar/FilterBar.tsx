import { Plus, Search, X } from 'lucide-react'
import type { ReactNode } from 'react'
import './FilterBar.css'

export interface FilterChip {
  readonly key: string
  readonly name: string
  /** What it is set to, in words. */
  readonly value: string
}

interface Props {
  readonly label: string
  readonly chips: readonly FilterChip[]
  readonly onDrop: (key: string) => void
  readonly onClear: () => void
  /** Opens the form of all conditions. */
  readonly onAdd: () => void
  readonly isAdding: boolean
  readonly search: {
    readonly text: string
    readonly label: string
    readonly placeholder: string
    readonly onSearch: (text: string) => void
  }
  readonly words: { readonly add: string; readonly clear: string; readonly drop: (name: string) => string }
  /** Order, count, what else stands at the end. */
  readonly children?: ReactNode
}

/** One line: the search, a chip for each condition that is set, one way to set more. What is not set takes no room. */
export function FilterBar({ label, chips, onDrop, onClear, onAdd, isAdding, search, words, children }: Props) {
  return (
    <div className="ui-filter" role="search" aria-label={label}>
      <SearchField key={search.text} {...search} />
      {chips.map((chip) => (
        <span key={chip.key} className="ui-filter-chip">
          <button type="button" onClick={onAdd}>
            {chip.name} <strong>{chip.value}</strong>
          </button>
          <button type="button" aria-label={words.drop(chip.name)} onClick={() => onDrop(chip.key)}>
            <X size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
        </span>
      ))}
      <button type="button" className="ui-filter-add" aria-expanded={isAdding} aria-keyshortcuts="F" onClick={onAdd}>
        <Plus size={14} strokeWidth={1.75} aria-hidden="true" />
        {words.add}
        <kbd className="ui-kbd" aria-hidden="true">
          F
        </kbd>
      </button>
      {chips.length > 0 && (
        <button type="button" className="ui-filter-clear" onClick={onClear}>
          {words.clear}
        </button>
      )}
      <span className="ui-filter-end">{children}</span>
    </div>
  )
}

function SearchField({ text, label, placeholder, onSearch }: Props['search']) {
  return (
    <form
      className="ui-filter-search"
      onSubmit={(sent) => {
        sent.preventDefault()
        onSearch(sent.currentTarget.querySelector('input')?.value.trim() ?? '')
      }}
    >
      <Search size={16} strokeWidth={1.75} aria-hidden="true" />
      <input
        type="search"
        name="text"
        defaultValue={text}
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        onChange={(typed) => {
          if (typed.target.value === '' && text !== '') onSearch('')
        }}
      />
      <kbd className="ui-kbd" aria-hidden="true">
        /
      </kbd>
    </form>
  )
}
