#!/usr/bin/env bash
# 安装枫格（在解开的安装包目录里，以 root 运行，不需要网络）。再次运行就是升级：程序换新，数据和设置不动。
# Installs Fengge from the unpacked bundle, as root, without a network. Run again it upgrades: data and settings stay.
set -euo pipefail
from=$(cd "$(dirname "$0")/.." && pwd)
to=${FENGGE_PROGRAM:-/opt/fengge}
data=/var/lib/fengge
backups=/var/backups/fengge
settings=/etc/fengge/fengge.env
[ "$(id -u)" = 0 ] || { echo '请以 root 运行 run it as root' >&2; exit 1; }
[ -x "$from/node_modules/node/bin/node" ] || { echo "$from 不是完整的安装包 is no whole bundle" >&2; exit 1; }

id fengge >/dev/null 2>&1 || useradd --system --home-dir "$data" --shell /usr/sbin/nologin fengge
install -d -m 0700 -o fengge -g fengge "$data" "$backups"
install -d -m 0750 -o root -g fengge "$(dirname "$settings")"
[ -e "$settings" ] || install -m 0640 -o root -g fengge "$from/deploy/fengge.env" "$settings"

# 新程序先放在旁边，再整个换上去；旧程序留一份。
rm -rf "$to.new"
cp -a "$from" "$to.new"
chown -R root:root "$to.new"
chmod -R u=rwX,go=rX "$to.new"
running=no
if [ -d /run/systemd/system ] && systemctl is-active --quiet fengge; then running=yes; systemctl stop fengge; fi
rm -rf "$to.old"
if [ -e "$to" ]; then mv "$to" "$to.old"; fi
mv "$to.new" "$to"

install -m 0644 "$to"/deploy/systemd/fengge.service "$to"/deploy/systemd/fengge-backup.service "$to"/deploy/systemd/fengge-backup.timer /etc/systemd/system/
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl enable --quiet fengge.service fengge-backup.timer
  systemctl start fengge-backup.timer
  if [ "$running" = yes ]; then systemctl start fengge; fi
fi

cat <<T
已安装到 $to，数据在 $data，设置在 $settings。
1. 看一遍设置：$settings
2. 第一次安装，建立区县（会显示三个管理员的账号、初始密码和验证码，请分别交给本人）：
   runuser -u fengge -- env FENGGE_DEMO=off FENGGE_DATA_DIR=$data $to/node_modules/node/bin/node $to/tools/fengge.mjs init --county 区县代码 --areas 区划代码.csv
3. 启动：systemctl start fengge        查看：systemctl status fengge，curl http://127.0.0.1:8080/readyz
4. 把 $data/secret 另抄一份，由另一个人保管；备份里没有它。
T
