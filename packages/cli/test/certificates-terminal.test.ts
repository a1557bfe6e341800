import { rmSync } from 'node:fs'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { bankScene } from './support/bank-scene.ts'
import { certificateFiles, pkcs12File } from './support/certificates.ts'
import { sourceCommand } from './support/source-command.ts'
import { openTerminal } from './support/terminal.ts'

const PASSPHRASE = 'canary-of-the-passphrase'
const MINUTES = 120_000

describeWith(['tmux', 'openssl'], 'in a terminal, a certificate', () => {
  const command = sourceCommand('hosts')

  it(
    'is asked for by its path, and its passphrase without showing it, until it is right',
    async () => {
      const bank = await bankScene(command)
      const path = pkcs12File(bank.client, PASSPHRASE)
      const terminal = openTerminal(bank.home, bank.env, 160, command.main)
      terminal.enter('chaveiro login bank --server production')
      await terminal.until(/The certificate of your application\. Path of the file \(PEM, \.p12 or \.pfx\)/)
      terminal.enter(path)
      await terminal.until(/certificatePassphrase: The passphrase of its private key or \.p12 file\./)
      terminal.enter('wrong-canary')
      await terminal.until(/The passphrase for the PKCS #12 file/)
      terminal.enter(PASSPHRASE)
      const screen = await terminal.until(/Signed in to Bank as "default"/)
      expect(screen).not.toContain('canary')
      expect(bank.home.contents()).not.toContain(PASSPHRASE)
      expect(bank.received).toHaveLength(1)
    },
    MINUTES,
  )

  it(
    'in PEM is asked for its key, and for the passphrase of an encrypted one',
    async () => {
      const bank = await bankScene(command)
      const locked = certificateFiles(bank.home.path, 'locked', { ca: bank.authority, passphrase: PASSPHRASE })
      rmSync(bank.client.key)
      const terminal = openTerminal(bank.home, { ...bank.env, BANK_CERTIFICATE: locked.cert }, 160, command.main)
      terminal.enter('chaveiro login bank --server production')
      await terminal.until(/certificateKey: The path of its private key/)
      terminal.enter(locked.key)
      await terminal.until(/certificatePassphrase: The passphrase of its private key/)
      terminal.enter(PASSPHRASE)
      await terminal.until(/Signed in to Bank as "default"/)
      expect(bank.received).toEqual(['POST /token grant_type=client_credentials&client_id=shop by locked'])
    },
    MINUTES,
  )
})
