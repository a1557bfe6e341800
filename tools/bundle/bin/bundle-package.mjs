#!/usr/bin/env node
// Not compiled, so that an install can link it before anything is built.
import '../dist/main.js'
