"""Unpacks the RTF that Outlook keeps in its messages."""

from __future__ import annotations

import struct

from workbench.domain.errors import FileRefused

# What the dictionary begins with; given by the format ([MS-OXRTFCP], section 2.1.3.1.1).
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_RING = 4096
_MOST_BYTES = 64 << 20


def decompress(packed: bytes) -> bytes:
    """The RTF; raises ``FileRefused`` when the packing is not the format's."""
    if len(packed) < 16:
        raise FileRefused("The text of this Outlook message is damaged. Open it in Outlook and save it again.")
    _, _, kind, _ = struct.unpack_from("<IIII", packed)
    if kind == _PLAIN:
        return packed[16:]
    if kind != _COMPRESSED:
        raise FileRefused("The text of this Outlook message is packed in an unknown way. Save the message as HTML.")
    return _unpack(packed)


def _unpack(packed: bytes) -> bytes:
    ring = bytearray(_DICTIONARY.ljust(_RING, b"\x00"))
    write = len(_DICTIONARY)
    out = bytearray()
    at = 16
    while at < len(packed) and len(out) < _MOST_BYTES:
        control = packed[at]
        at += 1
        for bit in range(8):
            if at >= len(packed):
                return bytes(out)
            if not control >> bit & 1:
                piece = packed[at : at + 1]
                at += 1
            else:
                if at + 1 >= len(packed):
                    return bytes(out)
                reference = packed[at] << 8 | packed[at + 1]
                at += 2
                offset, length = reference >> 4, (reference & 0xF) + 2
                if offset == write % _RING:
                    return bytes(out)
                piece = b""
                for step in range(length):
                    letter = ring[(offset + step) % _RING]
                    ring[write % _RING] = letter
                    write += 1
                    out.append(letter)
                continue
            out += piece
            ring[write % _RING] = piece[0]
            write += 1
    return bytes(out)
