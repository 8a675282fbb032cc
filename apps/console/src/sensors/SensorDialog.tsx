import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, DatePicker, Form, Input, InputNumber, Modal, Radio, Select, Space } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { changeSensor, findSensorBuildings, registerSensor, type SensorRow } from '@fengge/domain/sensors/contract'
import { sensorKinds, type SensorKind } from '@fengge/domain/sensors/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sensorKindWords } from '@fengge/web/words/sensors.ts'
import { useDepartments } from '../events/useEvents.ts'

interface Values {
  kind: SensorKind
  name: string
  spot: string
  stands: 'building' | 'point'
  buildingId?: string
  lng?: number
  lat?: number
  departmentId?: string
  validTo?: Dayjs
}

function standingOf(v: Values) {
  const isBuilding = v.stands === 'building'
  const point = v.lng === undefined || v.lat === undefined ? null : { lng: v.lng, lat: v.lat }
  return {
    kind: v.kind,
    name: v.name,
    spot: v.spot,
    buildingId: isBuilding ? (v.buildingId ?? null) : null,
    point: isBuilding ? null : point,
    departmentId: v.departmentId ?? null,
    validTo: v.validTo?.format('YYYY-MM-DD') ?? null,
  }
}

function valuesOf(device: SensorRow | null): Partial<Values> {
  if (!device) return { stands: 'building' }
  const { kind, name, spot, buildingId, point, departmentId, validTo } = device
  return {
    kind,
    name,
    spot,
    stands: buildingId === null ? 'point' : 'building',
    ...(buildingId === null ? {} : { buildingId }),
    ...(buildingId === null && point ? point : {}),
    ...(departmentId === null ? {} : { departmentId }),
    ...(validTo === null ? {} : { validTo: dayjs(validTo) }),
  }
}

interface Props {
  readonly device: SensorRow | null
  readonly onClose: () => void
  readonly onKey: (key: string) => void
}

/** Registers a device, or changes one; a new one's key is handed on to be shown. */
export function SensorDialog({ device, onClose, onKey }: Props) {
  const { t, fault } = useWords()
  const [id] = useState(freshId)
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const save = useMutation({
    mutationFn: async (v: Values) => {
      const standing = standingOf(v)
      if (device)
        await call(changeSensor, { requestId: freshId(), id: device.id, version: device.version, ...standing })
      else onKey((await call(registerSensor, { requestId: id, id, ...standing })).key)
    },
    onSuccess: async () => {
      onClose()
      await client.invalidateQueries({ queryKey: ['sensors'] })
    },
  })
  return (
    <Modal
      open
      title={device ? t('修改设备', 'Change a device') : t('登记设备', 'Register a device')}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={save.isPending}
      okText={t('保存', 'Save')}
      cancelText={t('取消', 'Cancel')}
    >
      {save.error ? <Alert type="error" role="alert" title={fault(save.error)} style={{ marginBottom: 12 }} /> : null}
      <Form form={form} layout="vertical" initialValues={valuesOf(device)} onFinish={(v) => save.mutate(v)}>
        <Fields device={device} />
      </Form>
    </Modal>
  )
}

function Fields({ device }: { readonly device: SensorRow | null }) {
  const { t, w } = useWords()
  const departments = useDepartments()
  const stands = Form.useWatch('stands') as Values['stands'] | undefined
  const needed = [{ required: true, message: t('请填写', 'Please fill in') }]
  return (
    <>
      <Form.Item name="kind" label={t('类型', 'Kind')} rules={needed}>
        <Select options={sensorKinds.map((k) => ({ value: k, label: w(sensorKindWords, k) }))} />
      </Form.Item>
      <Form.Item
        name="name"
        label={t('名称或编号', 'Name or number')}
        extra={t('用地点或编号，不写人名。', 'After a place or a number, not after a person.')}
        rules={needed}
      >
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="stands" label={t('安装在', 'It stands')}>
        <Radio.Group
          options={[
            { value: 'building', label: t('楼栋内', 'in a building') },
            { value: 'point', label: t('楼外（经纬度）', 'outside (coordinates)') },
          ]}
        />
      </Form.Item>
      {stands === 'point' ? (
        <Space>
          <Form.Item name="lng" label={t('经度', 'Longitude')} rules={needed}>
            <InputNumber min={-180} max={180} style={{ width: 150 }} />
          </Form.Item>
          <Form.Item name="lat" label={t('纬度', 'Latitude')} rules={needed}>
            <InputNumber min={-90} max={90} style={{ width: 150 }} />
          </Form.Item>
        </Space>
      ) : (
        <Form.Item name="buildingId" label={t('楼栋', 'Building')} rules={needed}>
          <BuildingSelect known={device} />
        </Form.Item>
      )}
      <Form.Item name="spot" label={t('具体位置', 'Where exactly')} rules={needed}>
        <Input maxLength={80} placeholder={t('如：3幢2单元2楼楼道', 'e.g. 2nd floor landing')} />
      </Form.Item>
      <Form.Item name="departmentId" label={t('管理部门', 'Owner')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={(departments.data ?? [])
            .filter((d) => d.status === 'active')
            .map((d) => ({ value: d.id, label: d.name }))}
        />
      </Form.Item>
      <Form.Item name="validTo" label={t('有效期至（不填为长期）', 'Until (open where empty)')}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
    </>
  )
}

interface SelectProps {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string) => void
  readonly known: SensorRow | null
}

function BuildingSelect({ id = '', value, onChange, known }: SelectProps) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['sensor-buildings', text],
    queryFn: () => call(findSensorBuildings, { text }),
    enabled: text.trim() !== '',
  })
  const options = (found.data?.buildings ?? []).map((b) => ({ value: b.id, label: `${b.name} · ${b.placeName}` }))
  const own =
    known?.buildingId && !options.some((o) => o.value === known.buildingId)
      ? [{ value: known.buildingId, label: `${known.placeName} ${known.spot}` }]
      : []
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(v) => v !== null && onChange?.(v)}
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={t('输入小区名或楼号', 'Type an estate or a number')}
      loading={found.isFetching}
      options={[...own, ...options]}
      notFoundContent={
        text === ''
          ? t('请输入小区名或楼号', 'Type an estate or a number')
          : t('没有找到已登记的楼栋', 'No registered building found')
      }
    />
  )
}
