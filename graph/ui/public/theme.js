// Runs before the first paint, so that a reader who chose a theme or a language never sees the other one flash.
try {
  var theme = localStorage.getItem('districtkg.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  if (localStorage.getItem('districtkg.locale') === 'en') document.documentElement.lang = 'en'
} catch (e) {
  // A browser that forbids storage gets the defaults.
}
