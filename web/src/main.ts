/** Puts the pages into the document. */
import { mount } from 'svelte'
import App from './App.svelte'
import './look/tokens.css'
import './look/base.css'
import { theme } from './look/theme.svelte'

theme.apply()
const target = document.getElementById('app')
if (target !== null) mount(App, { target })
