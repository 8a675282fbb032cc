import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { countEventDays } from '@fengge/domain/events/contract/days'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'

use([BarChart, LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer])

export type Day = ReplyOf<typeof countEventDays>['days'][number]

interface Props {
  readonly days: readonly Day[]
  readonly words: Readonly<Record<'reported' | 'ended' | 'open' | 'about', string>>
}

/** A colour or font as the tokens have it where the chart stands. */
const token = (box: Element, name: string): string => getComputedStyle(box).getPropertyValue(name).trim()

function optionOf(box: Element, { days, words }: Props) {
  const [accent, pale, ink, note, line] = ['--accent', '--pale', '--ink2', '--ink3', '--line'].map((n) => token(box, n))
  const textStyle = { fontFamily: token(box, '--font'), fontSize: 12 }
  const bar = { type: 'bar' as const, barWidth: 12, itemStyle: { borderRadius: [2, 2, 0, 0] } }
  const endLabel = { show: true, formatter: `{a} {c}`, color: ink, distance: 8 }
  return {
    animation: false,
    textStyle,
    aria: { enabled: true, label: { description: words.about } },
    grid: { left: 32, right: 84, top: 12, bottom: 24 },
    tooltip: { trigger: 'axis' as const, textStyle, borderColor: line, extraCssText: 'box-shadow:none' },
    xAxis: {
      type: 'category' as const,
      data: days.map(({ on }) => on.slice(5)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: line } },
      axisLabel: { color: note, interval: 2 },
    },
    yAxis: {
      type: 'value' as const,
      minInterval: 1,
      axisLabel: { color: note },
      splitLine: { lineStyle: { color: line } },
    },
    series: [
      { ...bar, name: words.reported, data: days.map((d) => d.reported), color: accent },
      { ...bar, name: words.ended, data: days.map((d) => d.ended), color: pale },
      {
        type: 'line' as const,
        name: words.open,
        data: days.map((d) => d.open),
        color: ink,
        symbol: 'circle',
        symbolSize: 6,
        showSymbol: false,
        lineStyle: { width: 1.5 },
        endLabel,
      },
    ],
  }
}

/** Reported and ended as bars, what is open as a line on the same scale. */
export function TwoWeeksChart(props: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const held = box.current
    if (held === null) return undefined
    const chart = init(held, null, { renderer: 'svg' })
    chart.setOption(optionOf(held, props))
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(held)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [props])
  return (
    <>
      <ul className="chart-key" aria-hidden>
        <li className="chart-key-reported">{props.words.reported}</li>
        <li className="chart-key-ended">{props.words.ended}</li>
        <li className="chart-key-open">{props.words.open}</li>
      </ul>
      <div ref={box} className="chart" role="img" aria-label={props.words.about} />
    </>
  )
}
