# What a machine needs to build Casus, and the build of the program. Read by Tools/casus, Tools/test and Tools/benchmark.
# Everything here speaks on stderr: stdout belongs to the program. The caller sets `root` to the folder of the package.

# What the build links, then what the Swift toolchain itself needs, by Debian's names.
packages=(
  zlib1g-dev libdeflate-dev libsqlite3-dev
  libncurses6 libcurl4 libxml2 binutils libstdc++-12-dev libc6-dev git ca-certificates
)
# What the tests run beside the program: they judge archives and scripts by other people's tools.
test_packages=(unzip p7zip-full python3 python3-venv)
# Without it SwiftPM lets a target import what its line in Package.swift does not name.
build_flags=(--package-path "$root" --explicit-target-dependency-import-check error)
# Without symbols the program is a third as large and starts sooner.
release_flags=(-c release --product casus --static-swift-stdlib -Xlinker --strip-all)

program=$root/.build/release/casus
stamp=$root/.build/casus.stamp
assume_yes=${CASUS_YES:-0}

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$@"; exit 69; }

# Installs those of the packages named that are missing, after saying which.
install_packages() {
  local installed missing=() name command
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system: make sure that you have the like of $*"
    return
  fi
  installed=" $(dpkg-query -W -f='${db:Status-Status} ${Package} ${Provides}\n' |
    sed -n 's/^installed //p' | tr -s ' ,\n' ' ') "
  for name; do
    case $name in
      libstdc++-*-dev) [[ $installed =~ \ libstdc\+\+-[0-9]+-dev\  ]] || missing+=("$name") ;;
      *) [[ $installed == *" $name "* ]] || missing+=("$name") ;;
    esac
  done
  ((${#missing[@]})) || return 0
  say "missing packages: ${missing[*]}"
  command="apt-get install -y --no-install-recommends ${missing[*]}"
  if ((EUID == 0)); then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update >&2 && $command >&2 || die "could not install them; try: $command"
    return
  fi
  command -v sudo >/dev/null || die "install them as root: $command"
  if [[ $assume_yes != 1 ]]; then
    [[ -t 0 ]] || die "install them with: sudo $command   (or give --yes)"
    local answer
    read -r -p "Install them now through sudo? [y/N] " answer >&2
    [[ $answer == [yY]* ]] || die "nothing was installed"
  fi
  sudo apt-get update >&2 && sudo DEBIAN_FRONTEND=noninteractive $command >&2 ||
    die "could not install them; try: sudo $command"
}

# Checks that Swift is there and runs, with the packages it needs.
set_up() {
  command -v swift >/dev/null ||
    die "install Swift 6.3 or later (swift.org/install, the toolchain for Debian 12) and put its usr/bin on PATH"
  install_packages "${packages[@]}"
  swift --version >/dev/null || die "'swift --version' fails: install Swift 6.3 or later (swift.org/install, the toolchain for Debian 12)"
}

# Whether the release program is missing or older than what it is made from. Folders count, so a file removed counts;
# links are followed, to the files of workspaces that the program carries with it.
is_stale() {
  [[ ! -x $program || ! -e $stamp ]] ||
    [[ -n $(cd "$root" && find -L Sources Plugins Package.swift -newer "$stamp" -print -quit) ]]
}

# Builds the release program. The stamp is as old as the start of the build: what is edited meanwhile counts as newer.
build_program() {
  say "building the program (a few minutes the first time)"
  mkdir -p "$root/.build"
  touch "$stamp.new"
  swift build "${build_flags[@]}" "${release_flags[@]}" >&2 || die "the build failed"
  mv "$stamp.new" "$stamp"
}

# Installs a browser without a window, and what drives it from Python: $browser is where.
set_up_browser() {
  install_packages chromium-headless-shell fonts-dejavu-core python3 python3-venv
  if ! command -v chromium-headless-shell >/dev/null; then
    say "there is no chromium-headless-shell here"
    exit 77
  fi
  browser=$root/.build/browser
  if ! "$browser/bin/python" -c 'import playwright, axe_playwright_python, vl_convert' 2>/dev/null; then
    python3 -m venv "$browser"
    "$browser/bin/pip" install --quiet 'playwright>=1.65' 'axe-playwright-python==0.1.8' 'vl-convert-python==1.9.0'
  fi
}
