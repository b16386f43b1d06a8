// Said once, kindly: this can stand among the telephone's own apps. The cookie remembers that it was said.

const SAID = 'install_said';
const A_YEAR = 31536000;

export function hintAtInstalling() {
  const hint = document.getElementById('phone-install');
  if (!hint || document.cookie.includes(`${SAID}=1`)) return;
  if (matchMedia('(display-mode: standalone)').matches || navigator.standalone) return;
  const yes = hint.querySelector('[data-do="install"]');

  function show() {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `${SAID}=1; Path=/; SameSite=Lax; Max-Age=${A_YEAR}${secure}`;
    hint.hidden = false;
  }
  hint.querySelector('[data-do="later"]').addEventListener('click', () => { hint.hidden = true; });

  // Safari asks for nothing: it is told where to look.
  if (navigator.standalone === false) {
    yes.hidden = true;
    hint.querySelector('[data-way="safari"]').hidden = false;
    show();
    return;
  }
  let asked = null;
  yes.addEventListener('click', () => {
    hint.hidden = true;
    if (asked) asked.prompt();
  });
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    asked = event;
    show();
  });
}
