# Waits until trueup ends, however it ends, then stops the server and removes its directory.
# $1 the directory, $2 tenths of a second that processes have to end by themselves, $3 not empty: it was left behind, do
# not wait
# Standard input: a pipe that only trueup holds. A line says which process uses the directory, 0 for none, or - that the
# directory is not trueup's.
trap '' HUP INT QUIT TERM
d=$1 patience=$2 left=$3 there=$3 p=0
while read -r line; do
  case $line in -) there= ;; *) there=y p=$line ;; esac
done
[ -n "$there" ] && [ -d "$d" ] || exit 0
crashed=
if [ -f "$d/data/postmaster.pid" ]; then read -r crashed <"$d/data/postmaster.pid"; fi
[ -z "$left" ] || p=$crashed
case $p in '' | *[!0-9]*) p=0 ;; esac

# Process ids are used again, so the server's processes are known by where they stand: in the data directory.
if [ -e /proc/self/cwd ]; then
  ours() { [ "/proc/$1/cwd" -ef "$d/data" ]; }
  members() { for q in /proc/[0-9]*; do if ours "${q#/proc/}"; then echo "${q#/proc/}"; fi; done; }
else
  ours() { ps -p "$1" -o command= | grep -qF -e "$d/data"; }
  members() { if [ "$p" -gt 0 ] && ours "$p"; then pgrep -P "$p"; echo "$p"; fi; }
fi
nap() { sleep "0.$1" || sleep 1; }

# The postmaster ends its children and frees its shared memory on SIGQUIT, within 5 seconds even if they hang. Those of
# an initdb end by themselves when it is gone.
if [ "$p" -gt 0 ] && ours "$p"; then kill -QUIT "$p"; fi
n=0
while [ "$n" -lt "$patience" ] && [ -n "$(members)" ]; do
  if [ "$n" -eq 0 ]; then nap 02; else nap 1; fi
  n=$((n + 1))
done
killed=$(echo $(members))
[ -z "$killed" ] || kill -KILL $killed
n=0
until rm -rf "$d" || [ "$n" -ge 50 ]; do nap 1; n=$((n + 1)); done

# A server that was killed or crashed could not remove the segment that marks its data directory as in use. What a
# directory left behind says of it may be from before a reboot.
[ -z "$left" ] && [ -r /proc/sysvipc/shm ] || exit 0
while read -r key id mode size maker last users rest; do
  case " $killed $p ${crashed#-} " in *" $maker "*) [ "$users" != 0 ] || ipcrm -m "$id" ;; esac
done </proc/sysvipc/shm
