import type { DefaultTheme } from 'vitepress'
import type { Texts } from './site-map.ts'

export const DESCRIPTIONS: Texts = {
  en: 'Get access tokens, keep them valid, never leak them.',
  'pt-BR': 'Obtenha tokens de acesso, mantenha-os válidos e nunca os exponha.',
}

/** The menu with what users of the packages don't need. */
export const PROJECT: Texts = { en: 'Project', 'pt-BR': 'Projeto' }

/** The theme has its own words in English; its page for addresses that aren't there quotes a proverb. */
export const ENGLISH_THEME: DefaultTheme.Config = {
  notFound: { quote: 'The address may have changed. Try the search.', linkText: 'Go to the first page' },
}

/** The theme's own words, which it has in English only. */
export const PORTUGUESE_THEME: DefaultTheme.Config = {
  outline: { level: [2, 3], label: 'Nesta página' },
  docFooter: { prev: 'Página anterior', next: 'Próxima página' },
  darkModeSwitchLabel: 'Aparência',
  lightModeSwitchTitle: 'Mudar para o tema claro',
  darkModeSwitchTitle: 'Mudar para o tema escuro',
  sidebarMenuLabel: 'Menu',
  returnToTopLabel: 'Voltar ao topo',
  langMenuLabel: 'Mudar de idioma',
  skipToContentLabel: 'Ir para o conteúdo',
  notFound: {
    title: 'Página não encontrada',
    quote: 'O endereço pode ter mudado. Tente a busca.',
    linkLabel: 'Ir para o início',
    linkText: 'Ir para o início',
  },
}

export const PORTUGUESE_SEARCH: NonNullable<DefaultTheme.LocalSearchOptions['translations']> = {
  button: { buttonText: 'Buscar', buttonAriaLabel: 'Buscar' },
  modal: {
    displayDetails: 'Mostrar trechos',
    resetButtonTitle: 'Limpar a busca',
    backButtonTitle: 'Fechar a busca',
    noResultsText: 'Nada encontrado para',
    footer: {
      selectText: 'abrir',
      selectKeyAriaLabel: 'Enter',
      navigateText: 'navegar',
      navigateUpKeyAriaLabel: 'seta para cima',
      navigateDownKeyAriaLabel: 'seta para baixo',
      closeText: 'fechar',
      closeKeyAriaLabel: 'Esc',
    },
  },
}
