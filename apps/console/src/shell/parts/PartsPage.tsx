import { useState, type ChangeEvent } from 'react'
import { Empty } from '@fengge/web/ui/Empty/Empty.tsx'
import type { Example } from '@fengge/web/ui/example.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { partsSayings } from '../../words/parts.ts'
import './PartsPage.css'

const found = import.meta.glob<{ readonly examples: readonly Example[] }>('../../../../../web/src/ui/*/examples.tsx', {
  eager: true,
})
const parts = Object.entries(found)
  .map(([path, { examples }]) => ({ part: path.split('/').at(-2) ?? '', examples }))
  .toSorted((a, b) => a.part.localeCompare(b.part))

/** Only where the program is built upon: a developer's own server, or a browser where it was switched on. */
const isOn = import.meta.env.DEV || localStorage.getItem('fengge.parts') === 'on'

const sizes = ['desk', 'hand', 'elder', 'eldest'] as const
type Size = (typeof sizes)[number]
type Look = 'plain' | 'grey' | 'wall'

/** Every part in every state, in the language that is read, at every size, in grey. */
export function PartsPage() {
  const words = useSayings(partsSayings)
  const [size, setSize] = useState<Size>('desk')
  const [look, setLook] = useState<Look>('plain')
  if (!isOn) return <Empty drawing="nothing" title={words.off} />
  return (
    <div className="parts">
      <h1>{words.title}</h1>
      <div className="parts-tools">
        <Choice name={words.size} chosen={size} options={sizes.map((s) => [s, words[s]])} choose={setSize} />
        <Choice
          name={words.look}
          chosen={look}
          options={(['plain', 'grey', 'wall'] as const).map((l) => [l, words[l]])}
          choose={setLook}
        />
      </div>
      <div className={`parts-shown parts-${look} parts-${size}`} {...sizeOf(size)} {...themeOf(look)}>
        {parts.map(({ part, examples }) => (
          <PartShown key={part} part={part} examples={examples} />
        ))}
      </div>
    </div>
  )
}

const sizeOf = (size: Size) => (size === 'desk' ? {} : { 'data-size': size === 'eldest' ? 'elder' : size })
const themeOf = (look: Look) => (look === 'wall' ? { 'data-theme': 'wall' } : {})

interface ChoiceProps<Option extends string> {
  readonly name: string
  readonly chosen: Option
  readonly options: readonly (readonly [Option, string])[]
  readonly choose: (option: Option) => void
}

function Choice<Option extends string>({ name, chosen, options, choose }: ChoiceProps<Option>) {
  return (
    <label>
      {name}{' '}
      <select value={chosen} onChange={(event: ChangeEvent<HTMLSelectElement>) => choose(event.target.value as Option)}>
        {options.map(([option, label]) => (
          <option key={option} value={option}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

function PartShown({ part, examples }: { readonly part: string; readonly examples: readonly Example[] }) {
  const { language } = useWords()
  return (
    <section className="part" aria-label={part}>
      <h2>{part}</h2>
      <div className="part-examples">
        {examples.map(({ name, shows, isWide }) => (
          <div key={name} className={isWide ? 'part-example part-wide' : 'part-example'}>
            <h3 lang="en">{name}</h3>
            <div className="part-state">{typeof shows === 'function' ? shows(language) : shows}</div>
          </div>
        ))}
      </div>
    </section>
  )
}
