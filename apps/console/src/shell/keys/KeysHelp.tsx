import { Modal, Switch } from 'antd'
import { useId } from 'react'
import { Kbd } from '@fengge/web/ui/Kbd/Kbd.tsx'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { shellSayings } from '../../words/shell.ts'
import { listKeys, switchKeys, useAreKeysOn } from './useKeys.ts'
import './keys.css'

/** Every key that works here, and the switch for single letters. */
export function KeysHelp({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }) {
  const words = useSayings(shellSayings)
  return (
    <Modal open={isOpen} onCancel={close} footer={null} title={words.keys} destroyOnHidden width={560}>
      <List />
    </Modal>
  )
}

function List() {
  const words = useSayings(shellSayings)
  const isOn = useAreKeysOn()
  const id = useId()
  const always = [
    { key: 'Ctrl K', says: words.find },
    { key: 'Esc', says: words.goBack },
    { key: '?', says: words.keys },
  ]
  const letters = isOn ? listKeys().filter(({ key }) => key !== '?') : []
  return (
    <>
      <dl className="keys">
        {[...always, ...letters].map(({ key, says }) => (
          <div key={`${key}${says}`} className="keys-row">
            <dt>
              {key.split(' ').map((one) => (
                <Kbd key={one} name={one} />
              ))}
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <p className="keys-switch">
        <Switch id={id} checked={isOn} onChange={switchKeys} size="small" />
        <label htmlFor={id}>{words.singleLetters}</label>
      </p>
    </>
  )
}
