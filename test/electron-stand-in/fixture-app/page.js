window.bridge.onMessage(text => {
  document.querySelector('output').textContent += `${text};`
})
document.documentElement.dataset.ready = ''
