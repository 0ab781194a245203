const filters = document.querySelector('.filters');
filters.hidden = false;
filters.addEventListener('click', (event) => {
  const show = event.target.dataset.show;
  if (!show) return;
  for (const button of filters.children) button.setAttribute('aria-pressed', button === event.target);
  document.body.dataset.show = show;
});
const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (target) target.open = true;
