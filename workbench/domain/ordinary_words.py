"""English words that are also names of people: in small letters within a sentence they are most often just words."""

from __future__ import annotations

_WORDS = """
    abbey abbot ace alley amber an angel apple april arch archer art ash august autumn bailey baker ball bank banks
    barber barker barn barrow bass bay beach bean bear beck bee bell bench best bill bird bishop black blue bob bond
    boot booth bow bowler box boy brand bridge bridges bright brook brooks brown buck bud burn burns bush butcher
    butler buy can candy cannon carol carpenter carter carver case cash castle chance chandler chapel chapman
    charity chase cherry child chip christian church clark clay clement cliff cloud coal coast cole colt constant
    cook cooper corner count court cox craft crane crisp cross crystal cushion dab daisy dale dane dawn day deal
    dean dear den destiny dick do dollar dove down drake draper drew drive driver drummer duke dusty dyer earl early
    east eden edge ember eve ever fair faith fall farmer farrier fast fern field fields finch finder fish fisher
    fitter flag fletcher flint flower flowers flynn folk ford forest forester forge fortune foster fountain fox
    frank free freeman french friend frost fuller gale game garden gardener gardner gates gay gem gene gift gill
    ginger glass glen glover gold golden good goodman goose gore grace grain grange grant grave graves gray green
    grey grove guest guy hale hall hand hardy harmony harper hart hatch hawk hay hazel head heath heather heaven
    henry herd herring hill hills hind holder holly holmes home honey hood hook hope horn house hunt hunter hurt in
    innocent iris ivory ivy jack jade jasmine jay jean jet joiner joy judge july june just justice key keys kidd
    king kitchen kite kitty knight lake lamb lance land lane lark lass law lawn lay leaf lean leg less light lilac
    lily lime lion little livesey lock locks lodge long lord lot love low luck lucky lynn made maiden major man
    manner marina mark market marks marsh marshall marten martin mason master mat may mead meadow mercer merchant
    mercy merit merry mew mild miles mill miller mills mind minor mint mist mole moody moon moor moore morning moss
    mound mount myrtle nash nation neat new nick night nightingale no noble noon north nurse nut oak oaks olive
    oliver opal orchard owl pace pack page pain paine painter palm palmer park parker parks parson parsons passion
    pat patience paver payne peace peach pear pearl peck peel pen penny pepper perk petal piece pierce pike pine
    pink piper pit pitt place plant plum plumb pocket pole pond pool poppy port porter post pot potter pound power
    powers pratt price prince prior providence prudence purple quick quill quince rain rainbow ram rand range ray
    read reader reed reeve reeves rich ridge ring river rivers robin rock roman rook root rose roses row royal ruby
    rule rush rust sable saddler sage saint sand sands savage sawyer say scholar sea seal self serene sergeant sharp
    sharpe shaw shell shepherd shield shields shoemaker short silver singer singleton skinner skipper slack slade
    slater sloan small smart smith snow so somers south sparks sparrow spear speed spencer spice spring square
    stable stacks staff stand star stark steel steele steer stern steward stocks stone storey storm street strong
    style sue sugar summer summers sun sunny swallow swan sweet swift sword tailor tanner tate taylor temple
    thatcher thorn thrift thrush tide tiller timber trail tree trinity true truelove trust tucker turner turtle
    tyler underwood urban usher vale valentine van verity vicar victor victory vine viola violet virtue wade wait
    waits wake walker wall walls ward warden ware warm warren water waters watt waver way weaver web webb weeks well
    wells west wheat wheel wheeler whistler white wick wild wilder will wills win wind window winner winter winters
    wise wish wolf wolfe wood woods woodward wool work worth wren wright yard yates yeoman york young
"""
ORDINARY_WORDS = frozenset(_WORDS.split())
