import type { TestProblem } from './problem.js';

/**
 * The repressilator (Elowitz & Leibler 2000) as a BioNetGen model (`Repressilator.net` of ReactionNetworkImporters), with
 * molecule counts for concentrations.
 */
export const repressilator: TestProblem = {
  name: 'repressilator',
  text: `
    init \`Null()\` = 1
    init \`gTetR(lac!1,lac!2).pLacI(tet!1).pLacI(tet!2)\` = 1
    init \`gCI(tet!1,tet!2).pTetR(cI!1).pTetR(cI!2)\` = 1
    init \`gLacI(cI!1,cI!2).pCI(lac!1).pCI(lac!2)\` = 1
    init \`mTetR()\` = 3163
    init \`mCI()\` = 6819
    init \`mLacI()\` = 129
    init \`pTetR(cI)\` = 183453
    init \`pCI(lac)\` = 2006198
    init \`pLacI(tet)\` = 165670
    \`gTetR(lac!1,lac!2).pLacI(tet!1).pLacI(tet!2)\` ->{0.0018000000000000002} \`pLacI(tet)\` + \`gTetR(lac!1,lac).pLacI(tet!1)\`
    \`gTetR(lac!1,lac!2).pLacI(tet!1).pLacI(tet!2)\` ->{0.5} \`gTetR(lac!1,lac!2).pLacI(tet!1).pLacI(tet!2)\` + \`mTetR()\`
    \`mTetR()\` ->{0.167} \`mTetR()\` + \`pTetR(cI)\`
    \`Null()\` + \`mTetR()\` ->{0.0057762265046662105} \`Null()\`
    \`Null()\` + \`pTetR(cI)\` ->{0.0011552453009332421} \`Null()\`
    \`gCI(tet!1,tet!2).pTetR(cI!1).pTetR(cI!2)\` ->{0.0018000000000000002} \`pTetR(cI)\` + \`gCI(tet!1,tet).pTetR(cI!1)\`
    \`gCI(tet!1,tet!2).pTetR(cI!1).pTetR(cI!2)\` ->{0.5} \`gCI(tet!1,tet!2).pTetR(cI!1).pTetR(cI!2)\` + \`mCI()\`
    \`mCI()\` ->{0.167} \`mCI()\` + \`pCI(lac)\`
    \`Null()\` + \`mCI()\` ->{0.0057762265046662105} \`Null()\`
    \`Null()\` + \`pCI(lac)\` ->{0.0011552453009332421} \`Null()\`
    \`gLacI(cI!1,cI!2).pCI(lac!1).pCI(lac!2)\` ->{0.0018000000000000002} \`pCI(lac)\` + \`gLacI(cI!1,cI).pCI(lac!1)\`
    \`gLacI(cI!1,cI!2).pCI(lac!1).pCI(lac!2)\` ->{0.5} \`gLacI(cI!1,cI!2).pCI(lac!1).pCI(lac!2)\` + \`mLacI()\`
    \`mLacI()\` ->{0.167} \`mLacI()\` + \`pLacI(tet)\`
    \`Null()\` + \`mLacI()\` ->{0.0057762265046662105} \`Null()\`
    \`Null()\` + \`pLacI(tet)\` ->{0.0011552453009332421} \`Null()\`
    \`gTetR(lac!1,lac).pLacI(tet!1)\` ->{0.0224} \`pLacI(tet)\` + \`gTetR(lac,lac)\`
    \`pLacI(tet)\` + \`gTetR(lac!1,lac).pLacI(tet!1)\` ->{1.1861270579304456e-07} \`gTetR(lac!1,lac!2).pLacI(tet!1).pLacI(tet!2)\`
    \`gTetR(lac!1,lac).pLacI(tet!1)\` ->{0.5} \`mTetR()\` + \`gTetR(lac!1,lac).pLacI(tet!1)\`
    \`gCI(tet!1,tet).pTetR(cI!1)\` ->{0.0224} \`pTetR(cI)\` + \`gCI(tet,tet)\`
    \`pTetR(cI)\` + \`gCI(tet!1,tet).pTetR(cI!1)\` ->{1.1861270579304456e-07} \`gCI(tet!1,tet!2).pTetR(cI!1).pTetR(cI!2)\`
    \`gCI(tet!1,tet).pTetR(cI!1)\` ->{0.5} \`mCI()\` + \`gCI(tet!1,tet).pTetR(cI!1)\`
    \`gLacI(cI!1,cI).pCI(lac!1)\` ->{0.0224} \`pCI(lac)\` + \`gLacI(cI,cI)\`
    \`pCI(lac)\` + \`gLacI(cI!1,cI).pCI(lac!1)\` ->{1.1861270579304456e-07} \`gLacI(cI!1,cI!2).pCI(lac!1).pCI(lac!2)\`
    \`gLacI(cI!1,cI).pCI(lac!1)\` ->{0.5} \`mLacI()\` + \`gLacI(cI!1,cI).pCI(lac!1)\`
    \`pLacI(tet)\` + \`gTetR(lac,lac)\` ->{2.372254115860891e-07} \`gTetR(lac!1,lac).pLacI(tet!1)\`
    \`gTetR(lac,lac)\` ->{500} \`mTetR()\` + \`gTetR(lac,lac)\`
    \`pTetR(cI)\` + \`gCI(tet,tet)\` ->{2.372254115860891e-07} \`gCI(tet!1,tet).pTetR(cI!1)\`
    \`gCI(tet,tet)\` ->{500} \`mCI()\` + \`gCI(tet,tet)\`
    \`pCI(lac)\` + \`gLacI(cI,cI)\` ->{2.372254115860891e-07} \`gLacI(cI!1,cI).pCI(lac!1)\`
    \`gLacI(cI,cI)\` ->{500} \`mLacI()\` + \`gLacI(cI,cI)\`
  `,
  ends: [
    {
      to: 40000,
      state: {
        'Null()': 1.0,
        'gTetR(lac!1,lac!2).pLacI(tet!1).pLacI(tet!2)': 0.6251787173358301,
        'gCI(tet!1,tet!2).pTetR(cI!1).pTetR(cI!2)': 0.9871952373493824,
        'gLacI(cI!1,cI!2).pCI(lac!1).pCI(lac!2)': 0.9745136161760197,
        'mTetR()': 17654.863771290955,
        'mCI()': 237.07852210503285,
        'mLacI()': 288.3856335379249,
        'pTetR(cI)': 1269057.1757986736,
        'pCI(lac)': 651842.3490321146,
        'pLacI(tet)': 55829.8455151474,
        'gTetR(lac!1,lac).pLacI(tet!1)': 0.14328332050213122,
        'gCI(tet!1,tet).pTetR(cI!1)': 0.011911497849365406,
        'gLacI(cI!1,cI).pCI(lac!1)': 0.02229977636630967,
        'gTetR(lac,lac)': 0.2315379621620387,
        'gCI(tet,tet)': 0.0008932648012521791,
        'gLacI(cI,cI)': 0.0031866074576705895,
      },
    },
  ],
};
