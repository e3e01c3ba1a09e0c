"""Old Excel files (.xls) are read, and what cannot be told of them is said."""

import base64
import zlib

import pytest

from crm import DataError
from tests.crm.formats.text_files import read_bytes

pytest.importorskip("python_calamine")
PACKED = (
    "c-rk)O=uHA6#izjX?|?dO-zJVD4}50+CpnDBD7lt?L|u!L=iz#H_%d(O4>_3Xtm}j2wqgY6zaiC)"
    "r&vqL2rUWMGt}?Br0A6L9pPV&HCnLSCgvHfGxDnx6GS2Z|1#uJ8yn=_T_9OKXtdEfJNwr2Sq!8nl"
    "hQ76mSa$sNS|E>*jt+w!*4Hz)yj!@#0bFg-^y%#=8Iwcl4)3f%lY-;WYY2GO5H0VmJGc6w-$-q5?"
    "Na5=K3H6=iyo>3XKOx#eS~JuJDzw2Rv2#Zk<feJwkjS$srm;<_-T-TSQbmL(mC<C&br=Prv<TQ7E"
    "HhmxmOSw*8>i)m0mdsCTIR+i(qDVOXxp)H+mv#iA6;Ldb9j~In~8gq66_~x$dCkZ8AS-AkozgNnA"
    "f06qsl#At8G#!|LeS()t4j~x2tnp%BDrt?*qls8>qIo`K(R9fWlN=*Sdwa+BP7-_!%Ke@91EXR;2"
    "=O|pC2FCL`3SETgIt-v_4U>MfqwHiOD6aXD4i6Wq)V`IUTTnXm}}T8I$MAi*4W1M0$bh4d;`-M`A"
    "T_nf81gAPI8-zT-!|jbTVF>o6Gnu#OFRAc+i;pU~VOTrnhh=HuJ`uqW2Gw_ky2Ew2D@7{hGu>)6I"
    "pmtGr`c|Jx4Z*9^yZ+c^&Fuz(=55vHY*93Anqq&Z_HwZ$K_1#8RkII9KOy9l1kb~IjsG^02~Sa<b"
    "PkF?-ni<K5UY(aM{c-X=hGTW_1aZh$l`{6GHp`f6kprD|jpzuFKlx_t46{$Nn1o_SHbN=frP%5h5"
    "Bx@E2F+$H6T_^V-LwOeCRn4Cb@Cw(KSfY;mzfj^Z^`6Br2H20`s^>4=*+lvKELqX`cT1?+{)^T4x"
    "y=3l050p-6a"
)
"""A sheet "Leads" as xlwt 1.3 writes it: id, n and at, an empty row inside."""
SPARSE = (
    "c-p&gUhu)fjZzO8(10BSGsD0CoD6J8VvIn{3F8Pb0OkMx2QgtZ2N3@s1w#sOasVTejg?_H?-_Pb9"
    "D?HeAp;Y`29|?Bl7Zn75XUeSF!<%?r7F-7IDy@e$Ov+SEs$hnm;)5yV~_;9N(f9QgGpg9xgM-?51"
    "4cSi}Zp?TcFwpj8P2d?ftYYps6^5NeL{+#{e>SJ6O*xu!tdpD8mU*Dz2Zv2vN(*;8>KIm@_yf<XC"
    "tZmM{S0%{?_QwJ0&?0fPuI0+%p+{jb2l@CBAr4=9X^(^s640Vw_hRh%7*_+%y)28ITP{|Vp(-U=*"
    "SH!?#aIQS2PAUH)rab^lI<}0{B1u!_n3ZP_IUT{L@0g@>U{9rajvjDJ2{<HGqCEug~`*^TO1Gtce"
    "6y>TQ+Zp~dG=g*hHS>XG5?_JHlR&Hm)}ak1o4}?@gV|DGQUsU?fwWqHD3syW3|7+umQ@4VV+;nD?"
    "bVUk8bEgI>%bjyt&i<Bf$Vke535AhUAJGzpak@N3Q#`?HZ$lj>M+il2?9IqVKgH&+usF~k{Cq*2a"
    "^EQZ~vk76+gpY1}-pD5KMwpB)kIo4pl|Ms}n#KpfIsx5@Of}G7MOVAOIJ`C>RB!U=)mkQ7{Td!6+"
    "C7!vZiu`xu~p2dF#13hh#`L&tUg0`b4mVUl4Bf*A6FumspKb!Er{(nSoFB&8oQ23AIxS&T&LfsGe"
    "}KseC$B8F^+B(OWONlw4OE+Hebe~8v7K)ozPs{Q{+aVL%K2LRj~zef"
)
"""Another sheet, with one cell in row 60,001 and column 201."""
BOOK = zlib.decompress(base64.b85decode(PACKED))


def test_cells_are_those_of_newer_files(tmp_path):
    """Zeros of texts, dates and letters are kept; a note says what is not known."""
    table = read_bytes(tmp_path, BOOK, "t.xls", sheet="Leads")
    assert table.frame.to_dict("list") == {
        "id": ["00123", "ä"],
        "n": ["0.5", "123"],
        "at": ["2026-09-07T08:30:00", ""],
    }
    assert table.rows.tolist() == [2, 4]
    (note,) = table.notes
    assert "save it as .xlsx" in note.expected


@pytest.mark.parametrize("content", [b"a,b\n", BOOK[:3000], BOOK[:512] + b"x" * 5000])
def test_damaged_ones_are_refused(tmp_path, content):
    """Text and cut files give an error."""
    with pytest.raises(DataError, match=r"not a readable \.xls file"):
        read_bytes(tmp_path, content, "t.xls")


def test_sparse_ones_are_refused(tmp_path):
    """A cell far from the table makes room for all between, which memory may lack."""
    content = zlib.decompress(base64.b85decode(SPARSE))
    with pytest.raises(DataError, match="reaches to row 60,001 and column 201"):
        read_bytes(tmp_path, content, "t.xls")
