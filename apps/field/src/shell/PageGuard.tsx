import { Component, type ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  readonly told: ReactNode
}

/** A page that does not come, or breaks, says so in its place; the rest of the program goes on. */
export class PageGuard extends Component<Props, { readonly isBroken: boolean }> {
  override state = { isBroken: false }
  static getDerivedStateFromError() {
    return { isBroken: true }
  }
  override render() {
    return this.state.isBroken ? this.props.told : this.props.children
  }
}
