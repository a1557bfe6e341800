// Without the fonts that VitePress ships: those of the reader's system load nothing.
import DefaultTheme from 'vitepress/theme-without-fonts'
import './site.css'
import './playground.css'

export default DefaultTheme
