import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, DatePicker, Form, Input, InputNumber, Select, Space, Spin } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { getCalendar, saveCalendar } from '@fengge/domain/events/contract/rules'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { today } from '../shell/Days.tsx'

interface Row {
  day: Dayjs
  kind: 'holiday' | 'swap'
  name: string
  source: string
}
interface Values {
  days: Row[]
  windows: { from: string; to: string }[]
}

/** Holidays, swap days and office hours of a year; every limit in working time is counted by them. */
export function CalendarPage() {
  const { t, fault } = useWords()
  const [year, setYear] = useState(today().year())
  const calendar = useQuery({ queryKey: ['calendar', year], queryFn: () => call(getCalendar, { year }) })
  const { message } = App.useApp()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (v: Values) =>
      call(saveCalendar, {
        requestId: freshId(),
        year,
        windows: v.windows,
        days: v.days.map((d) => ({ ...d, day: d.day.format('YYYY-MM-DD') })),
      }),
    onSuccess: async () => {
      void message.success(t('已保存', 'Saved'))
      await client.invalidateQueries({ queryKey: ['calendar'] })
    },
  })
  const mayEdit = calendar.data?.mayEdit ?? false
  return (
    <div className="panel">
      <Space style={{ marginBottom: 12 }}>
        <label>
          {t('年份', 'Year')}{' '}
          <InputNumber
            value={year}
            min={2020}
            max={2100}
            onChange={(y) => {
              if (y) setYear(y)
            }}
          />
        </label>
      </Space>
      {calendar.isPending ? (
        <Spin />
      ) : (
        <Form
          key={`${year}/${calendar.data?.version ?? 0}`}
          disabled={!mayEdit}
          initialValues={{
            windows: calendar.data?.windows ?? [],
            days: (calendar.data?.days ?? []).map((d) => ({ ...d, day: dayjs(d.day) })),
          }}
          onFinish={(v: Values) => save.mutate(v)}
        >
          {save.error ? <Alert type="error" title={fault(save.error)} role="alert" /> : null}
          <h3>{t('上班时间', 'Office hours')}</h3>
          <Form.List name="windows">
            {(rows) =>
              rows.map((r) => (
                <Space key={r.key}>
                  <Form.Item name={[r.name, 'from']}>
                    <Input style={{ width: 90 }} aria-label={t('从', 'From')} />
                  </Form.Item>
                  <span>–</span>
                  <Form.Item name={[r.name, 'to']}>
                    <Input style={{ width: 90 }} aria-label={t('到', 'To')} />
                  </Form.Item>
                </Space>
              ))
            }
          </Form.List>
          <h3>{t('放假与调休', 'Holidays and swap days')}</h3>
          <Form.List name="days">
            {(rows, { add, remove }) => (
              <>
                {rows.map((r) => (
                  <Space key={r.key} wrap align="baseline">
                    <Form.Item name={[r.name, 'day']} rules={[{ required: true }]}>
                      <DatePicker aria-label={t('日期', 'Day')} />
                    </Form.Item>
                    <Form.Item name={[r.name, 'kind']}>
                      <Select
                        style={{ width: 120 }}
                        aria-label={t('种类', 'Kind')}
                        options={[
                          { value: 'holiday', label: t('放假', 'Holiday') },
                          { value: 'swap', label: t('调休上班', 'Worked') },
                        ]}
                      />
                    </Form.Item>
                    <Form.Item name={[r.name, 'name']} rules={[{ required: true }]}>
                      <Input aria-label={t('名称', 'Name')} />
                    </Form.Item>
                    <Form.Item name={[r.name, 'source']} rules={[{ required: true }]}>
                      <Input style={{ width: 320 }} aria-label={t('依据', 'Source')} />
                    </Form.Item>
                    {mayEdit && <Button onClick={() => remove(r.name)}>{t('删除', 'Remove')}</Button>}
                  </Space>
                ))}
                {mayEdit && (
                  <div>
                    <Button onClick={() => add({ kind: 'holiday' })}>{t('增加一天', 'Add a day')}</Button>
                  </div>
                )}
              </>
            )}
          </Form.List>
          {mayEdit && (
            <Button type="primary" htmlType="submit" loading={save.isPending} style={{ marginTop: 12 }}>
              {t('保存', 'Save')}
            </Button>
          )}
        </Form>
      )}
    </div>
  )
}
