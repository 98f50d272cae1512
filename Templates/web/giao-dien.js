// Trang điền khi có JavaScript: lưu trong khi gõ, báo lỗi ngay ở ô, văn bản theo kịp, hoàn tác, dán bảng.
// Không có JavaScript thì các biểu mẫu vẫn gửi như thường; tệp này chỉ làm cho nhanh và tiện hơn.
'use strict';

// Danh sách tệp: còn tệp đang được xem thì lấy lại danh sách.
(() => {
  const con = document.getElementById('con-lai');
  if (!con) return;
  const lai = async () => {
    try {
      const tra = await fetch('/');
      const moi = new DOMParser().parseFromString(await tra.text(), 'text/html');
      const main = moi.querySelector('main');
      if (document.activeElement && document.activeElement.closest('main input')) return;
      document.querySelector('main').replaceWith(document.adoptNode(main));
      if (document.getElementById('con-lai')) setTimeout(lai, 2000);
    } catch { /* máy chủ tắt: danh sách đang có vẫn đúng */ }
  };
  setTimeout(lai, 2000);
})();

(() => {
  const trang = document.querySelector('main.sua');
  if (!trang) return;
  const loi = trang.dataset;
  const tep = loi.tep;
  // Mã của cửa sổ này, còn nguyên khi tải lại trang.
  const cua = sessionStorage.getItem('cua') || String(Math.random()).slice(2);
  sessionStorage.setItem('cua', cua);
  const trangThai = document.getElementById('trang-thai');
  const nguoiKhac = document.getElementById('nguoi-khac');
  const RONG_TRANG = 800; // điểm ảnh, bề rộng mà trang văn bản hiện như khi in
  const NGHI = 600; // mili giây không gõ thì lưu
  let henLuu = 0;
  let dangGui = null;
  let conSua = false;
  let lanHong = 0;
  const daLam = []; // các thay đổi để hoàn tác: { ten, thu, cu }

  // Chữ chưa gửi được cất ở đây; lần mở sau gửi tiếp, kể cả khi trình duyệt đã tắt.
  const noiCat = `baocao.${tep}.${loi.muc}`;
  const bieuMau = () => document.getElementById('bieu-mau');
  const noi = (chu, cho) => { trangThai.textContent = chu; trangThai.classList.toggle('cho', !!cho); };

  // ---- Lưu

  function canLuu() {
    conSua = true;
    clearTimeout(henLuu);
    henLuu = setTimeout(luu, NGHI);
  }

  // Xong khi mọi chữ đã gõ đều đã lưu, kể cả chữ gõ trong lúc đang gửi.
  async function luu() {
    clearTimeout(henLuu);
    while (dangGui || conSua) {
      if (!dangGui) dangGui = gui().finally(() => { dangGui = null; });
      if (!await dangGui) return false;
    }
    return true;
  }

  async function gui() {
    const mau = bieuMau();
    conSua = false;
    noi(loi.dangLuu);
    const than = new URLSearchParams(new FormData(mau));
    const daGui = new Map([...mau.querySelectorAll('[name^="r."]')].map((o) => [o, o.value]));
    let tra;
    try {
      tra = await fetch(mau.action, {
        method: 'POST', body: than, headers: { Accept: 'application/json' },
        signal: AbortSignal.timeout(20000),
      });
    } catch {
      return hong(than);
    }
    if (tra.status >= 500) return hong(than);
    localStorage.removeItem(noiCat);
    if (!tra.ok || !(tra.headers.get('content-type') || '').startsWith('application/json')) {
      conSua = true;
      noi(tra.status === 409 ? loi.cuQua : await chuLoi(tra), true);
      return false;
    }
    lanHong = 0;
    await nhan(await tra.json(), daGui);
    noi(conSua ? loi.dangLuu : loi.daLuu);
    return true;
  }

  // Máy chủ hoặc mạng mất: giữ chữ trên trang và trong máy này, thử lại thưa dần.
  function hong(than) {
    conSua = true;
    than.delete('khoa');
    localStorage.setItem(noiCat, than.toString());
    lanHong += 1;
    noi(loi.matMang, true);
    clearTimeout(henLuu);
    henLuu = setTimeout(luu, Math.min(30000, 1000 * 2 ** Math.min(lanHong, 5)));
    return false;
  }

  async function chuLoi(tra) {
    const trangLoi = new DOMParser().parseFromString(await tra.text(), 'text/html');
    return (trangLoi.querySelector('h1') || { textContent: String(tra.status) }).textContent;
  }

  async function nhan(kq, daGui) {
    if (kq.doi) {
      const mau = bieuMau();
      mau.elements.goc.value = kq.goc;
      for (const [ma, so] of Object.entries(kq.nguon)) {
        const o = mau.elements[`r.${ma}.@`];
        if (o) o.value = String(so);
      }
      datLoi(kq);
      datMuc(kq);
      datXungDot(kq, daGui);
      datChuMoi(kq, daGui);
      taiVanBan();
      return;
    }
    // Tệp còn có chữ của người khác: biểu mẫu phải lấy lại từ tệp rồi mới được nói là làm từ tệp ấy.
    // Chữ gõ sau lúc gửi được đặt lại vào đúng ô.
    const tra = await fetch(location.pathname);
    if (!tra.ok) return;
    const chu = await tra.text();
    const moi = [...daGui].filter(([o, cu]) => o.isConnected && o.value !== cu)
      .map(([o]) => ({ o: viTri(o, kq.nguon), chu: o.value }));
    const dangDung = document.activeElement;
    const dung = dangDung && dangDung.name ? viTri(dangDung, kq.nguon) : null;
    const vet = dung && dangDung.setSelectionRange ? [dangDung.selectionStart, dangDung.selectionEnd] : null;
    const chuaChon = [...document.querySelectorAll('.xung-dot')]
      .filter((khung) => khung.closest('.truong'))
      .map((khung) => ({ o: viTri(khung.closest('.truong').querySelector('[name^="r."]'), kq.nguon), khung }));
    thayTrang(chu, tra.status);
    for (const x of chuaChon) {
      const o = timO(x.o);
      if (!o) continue;
      o.closest('.truong').append(x.khung);
      o.closest('.truong').querySelectorAll('input[name^="r."], textarea').forEach((mot) => { mot.readOnly = true; });
    }
    const datLai = new Map();
    for (const m of moi) {
      const o = timO(m.o);
      if (o) {
        o.value = m.chu;
        conSua = true;
        datLai.set(o, null);
      } else {
        hopMat([m.chu]);
      }
    }
    const o = timO(dung);
    if (o) {
      o.focus({ preventScroll: true });
      if (vet && o.setSelectionRange) o.setSelectionRange(...vet);
    }
    datXungDot(kq, datLai);
  }

  // Chữ mà người khác vừa ghi vào những ô khác của mục này.
  function datChuMoi(kq, daGui) {
    for (const d of kq.doi) {
      const f = banGhi(d.ban_ghi);
      const cho = f && f.querySelector(`[data-truong="${CSS.escape(d.truong)}"]`);
      if (!cho || cho.querySelector('.xung-dot')) continue;
      const cacO = [...cho.querySelectorAll('input[name^="r."], select, textarea')];
      const daDung = cacO.some((o) => daGui.has(o) && daGui.get(o) !== o.value);
      if (daDung) {
        hopChon(cho, cacO.map((o) => o.value).filter(Boolean), d.gia_tri);
      } else {
        datGiaTri(cho, d.gia_tri);
      }
    }
  }

  // Đặt giá trị vào các ô của một trường, thêm ô nếu thiếu.
  function datGiaTri(cho, giaTri) {
    let cacO = [...cho.querySelectorAll('input[name^="r."], select, textarea')];
    while (giaTri.length > cacO.length) {
      cacO[cacO.length - 1].value = ' ';
      themDong(cacO[cacO.length - 1]);
      const moi = [...cho.querySelectorAll('input[name^="r."], select, textarea')];
      if (moi.length === cacO.length) break;
      cacO = moi;
    }
    cacO.forEach((o, i) => { if (o.value !== (giaTri[i] || '')) o.value = giaTri[i] || ''; });
  }

  // Bản ghi đã bị người khác xóa: chữ vừa gõ hiện ở đầu mục, để chép lại nếu cần.
  function hopMat(chu) {
    const khung = document.createElement('div');
    khung.className = 'xung-dot';
    khung.setAttribute('role', 'alert');
    for (const dong of [loi.daMat, ...chu]) {
      const p = document.createElement('p');
      p.textContent = dong;
      khung.append(p);
    }
    const nut = document.createElement('button');
    nut.type = 'button';
    nut.textContent = loi.daXem;
    nut.addEventListener('click', () => khung.remove());
    khung.append(nut);
    bieuMau().before(khung);
  }

  // Một ô được biết bởi bản ghi của nó trong tệp, trường, và thứ tự trong trường.
  function viTri(o, nguon) {
    const [, ma, truong] = o.name.split('.');
    const cung = [...bieuMau().querySelectorAll(`[name="${CSS.escape(o.name)}"]`)];
    return { so: nguon[ma], truong, thu: cung.indexOf(o) };
  }

  function timO(viTriO) {
    if (!viTriO || viTriO.so === undefined) return null;
    const ten = `r.${viTriO.so}.${viTriO.truong}`;
    return bieuMau().querySelectorAll(`[name="${CSS.escape(ten)}"]`)[viTriO.thu] || null;
  }

  // ---- Lỗi ở từng ô

  function dongLoi(v) {
    const p = document.createElement('p');
    p.className = v.thieu ? 'thieu' : v.nang ? 'loi' : 'luu-y';
    const ma = document.createElement('b');
    ma.textContent = v.ma;
    p.append(ma, ` ${v.thieu ? loi.chuaDien : v.cau}`);
    if (v.goi_y && !v.thieu) {
      const g = document.createElement('span');
      g.className = 'goi-y';
      g.textContent = `${loi.goiY}: ${v.goi_y}`;
      p.append(g);
    }
    return p;
  }

  function banGhi(so) {
    for (const f of bieuMau().querySelectorAll('.ban-ghi')) {
      const ma = f.dataset.banGhi;
      const o = bieuMau().elements[`r.${ma}.@`];
      if (o && o.value === String(so)) return f;
    }
    return null;
  }

  function datLoi(kq) {
    const mau = bieuMau();
    mau.querySelectorAll('.mo-ta > .loi, .mo-ta > .luu-y, .mo-ta > .thieu, .loi-ban-ghi > p').forEach((p) => p.remove());
    mau.querySelectorAll('[aria-invalid]').forEach((o) => o.removeAttribute('aria-invalid'));
    for (const v of kq.van_de) {
      if (v.muc !== loi.muc) continue;
      const f = banGhi(v.ban_ghi);
      if (!f) continue;
      const cho = v.truong && f.querySelector(`[data-truong="${CSS.escape(v.truong)}"]`);
      if (cho) {
        cho.querySelector('.mo-ta').prepend(dongLoi(v));
        cho.querySelectorAll('input, select, textarea').forEach((o) => {
          if (v.nang && !v.thieu) o.setAttribute('aria-invalid', 'true');
        });
      } else {
        f.querySelector('.loi-ban-ghi').append(dongLoi(v));
      }
    }
  }

  function datMuc(kq) {
    document.querySelectorAll('.cac-muc a').forEach((a) => {
      const so = kq.muc[a.dataset.muc];
      if (!so) return;
      const n = a.querySelector('.so-loi');
      n.textContent = so[1] ? `${so[1]} ${loi.loi}` : '';
      n.classList.toggle('het', !so[1]);
    });
    document.getElementById('so-loi').textContent =
      `${loi.kiemTra}: ${kq.loi} ${loi.loi}, ${kq.luu_y} ${loi.luuY}`;
  }

  function datXungDot(kq, daGui) {
    for (const x of kq.xung_dot) {
      if (x.mat) { hopMat(x.toi); continue; }
      const f = banGhi(x.ban_ghi);
      const cho = f && f.querySelector(`[data-truong="${CSS.escape(x.truong)}"]`);
      if (!cho) { hopMat(x.toi); continue; }
      const cacO = [...cho.querySelectorAll('input[name^="r."], select, textarea')];
      const daDung = cacO.some((o) => daGui.has(o) && daGui.get(o) !== o.value);
      hopChon(cho, daDung ? cacO.map((o) => o.value).filter(Boolean) : x.toi, x.ho);
    }
  }

  // Hai người ghi khác nhau vào một trường: ô hiện chữ đang có trong tệp và chờ chọn.
  function hopChon(cho, toi, ho) {
    cho.querySelectorAll('.xung-dot').forEach((cuHon) => cuHon.remove());
    datGiaTri(cho, ho);
    const noi = () => khung.closest('.truong') || cho;
    const cacO = () => [...noi().querySelectorAll('input[name^="r."], textarea')];
    const khung = document.createElement('div');
    cacO().forEach((o) => { o.readOnly = true; });
    khung.className = 'xung-dot';
    khung.setAttribute('role', 'alert');
    const dong = (chu) => { const p = document.createElement('p'); p.textContent = chu; khung.append(p); };
    const nut = (chu, lam) => {
      const n = document.createElement('button');
      n.type = 'button';
      n.textContent = chu;
      n.addEventListener('click', () => {
        const truong = noi();
        cacO().forEach((o) => { o.readOnly = false; });
        khung.remove();
        lam(truong);
      });
      khung.append(n);
    };
    dong(loi.xungDot);
    dong(`${loi.ho}: ${ho.join(' · ')}`);
    dong(`${loi.toi}: ${toi.join(' · ')}`);
    nut(loi.dungToi, (truong) => { datGiaTri(truong, toi); canLuu(); });
    nut(loi.dungHo, () => {});
    cho.append(khung);
  }

  // ---- Văn bản bên cạnh

  let dangXem = null;
  let oDangSua = null;

  function taiVanBan() {
    const khung = document.getElementById('khung-xem');
    if (!khung) return;
    const the = document.querySelector('.the a[aria-current]');
    dangXem = dangXem || (the && the.dataset.vanBan);
    if (!dangXem) return;
    let dich = `/tep/${tep}/xem/${encodeURIComponent(dangXem)}`;
    const cho = oDangSua && choDangSua(oDangSua);
    if (cho) dich += `?o=${encodeURIComponent(cho)}#dang-sua`;
    // Thay địa chỉ của khung chứ không thêm vào lịch sử của trình duyệt.
    const moi = khung.cloneNode(false);
    moi.removeAttribute('style');
    moi.src = dich;
    khung.replaceWith(moi);
    thuNho();
  }

  // Văn bản hiện như khi in, thu nhỏ cho vừa; ở cột quá hẹp thì hiện dạng dễ đọc.
  function thuNho() {
    const khung = document.getElementById('khung-xem');
    if (!khung) return;
    const rong = khung.parentNode.clientWidth;
    const co = rong >= 440 && rong < RONG_TRANG;
    const tyLe = co ? rong / RONG_TRANG : 1;
    khung.style.width = co ? `${RONG_TRANG}px` : '';
    khung.style.height = co ? `${100 / tyLe}%` : '';
    khung.style.transform = co ? `scale(${tyLe})` : '';
  }
  window.addEventListener('resize', thuNho);

  function choDangSua(o) {
    const ten = o.name.split('.');
    const nguon = bieuMau().elements[`r.${ten[1]}.@`];
    return nguon && nguon.value !== '' ? `${loi.muc}.${nguon.value}.${ten[2]}` : null;
  }

  document.addEventListener('click', (su) => {
    const the = su.target.closest('.the a');
    if (!the) return;
    su.preventDefault();
    document.querySelectorAll('.the a').forEach((a) => a.removeAttribute('aria-current'));
    the.setAttribute('aria-current', 'true');
    dangXem = the.dataset.vanBan;
    taiVanBan();
  });

  // ---- Gõ, hoàn tác

  const cu = new WeakMap();
  document.addEventListener('focusin', (su) => {
    if (!su.target.closest('#bieu-mau') || !su.target.name) return;
    cu.set(su.target, su.target.value);
    if (oDangSua !== su.target && su.target.name.startsWith('r.')) {
      oDangSua = su.target;
      if (su.target.type !== 'hidden' && dangXem) taiVanBan();
    }
  });
  document.addEventListener('input', (su) => {
    const o = su.target;
    if (!o.closest('#bieu-mau') || !o.name || !o.name.startsWith('r.')) return;
    themDong(o);
    thayDoi(o);
    canLuu();
  });
  document.addEventListener('change', (su) => {
    const o = su.target;
    if (!o.closest('#bieu-mau') || !o.name || !o.name.startsWith('r.')) return;
    const truoc = cu.get(o);
    if (truoc !== undefined && truoc !== o.value) {
      daLam.push({ o, ten: o.name, cu: truoc });
      if (daLam.length > 200) daLam.shift();
      document.getElementById('hoan-tac').hidden = false;
    }
    cu.set(o, o.value);
    luu();
  });
  document.addEventListener('click', (su) => {
    if (su.target.id !== 'hoan-tac') return;
    const buoc = daLam.pop();
    if (!buoc) return;
    const o = buoc.o.isConnected ? buoc.o : bieuMau().querySelector(`[name="${CSS.escape(buoc.ten)}"]`);
    if (o) {
      o.value = buoc.cu;
      cu.set(o, o.value);
      o.focus();
      canLuu();
    }
    document.getElementById('hoan-tac').hidden = !daLam.length;
  });

  // Trường viết được nhiều lần luôn có một ô trống ở cuối.
  function themDong(o) {
    const nhom = o.closest('.nhieu');
    if (!nhom) return;
    const cacO = nhom.querySelectorAll('input, textarea, select');
    const cuoi = cacO[cacO.length - 1];
    if (cuoi !== o || !o.value) return;
    const moi = o.cloneNode(false);
    moi.value = '';
    moi.id = `${cacO[0].id}-${cacO.length + 1}`;
    moi.removeAttribute('aria-invalid');
    const nhan = o.closest('.truong').querySelector('label').firstChild.textContent;
    moi.setAttribute('aria-label', `${nhan} ${cacO.length + 1}`);
    if (o.tagName === 'SELECT') moi.append(...[...o.options].map((l) => l.cloneNode(true)));
    nhom.append(moi);
  }

  // ---- So với kỳ trước

  function so(chu) {
    const s = chu.trim();
    if (!/^-?\d+(\.\d{3})*(,\d+)?$/.test(s) || /^-?\d{1,3},\d{3}$/.test(s)) return null;
    return Number(s.replaceAll('.', '').replace(',', '.'));
  }

  function thayDoi(o) {
    const cho = o.closest('.truong');
    const p = cho && cho.querySelector('[data-ky-truoc]');
    if (!p) return;
    const [nay, truoc] = [so(o.value), so(p.dataset.kyTruoc)];
    const noiDung = p.querySelector('.thay-doi');
    noiDung.textContent = '';
    if (nay === null || truoc === null || truoc === 0) return;
    const phan = Math.round(Math.abs(nay - truoc) / Math.abs(truoc) * 1000) / 10;
    const chu = phan === 0 ? loi.khongDoi : `${nay > truoc ? loi.tang : loi.giam} ${String(phan).replace('.', ',')}%`;
    noiDung.textContent = ` · ${chu}`;
  }

  // ---- Ngày: gõ được, và chọn được trên lịch

  function sangNgay(chu) {
    const n = chu.match(/^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})/);
    return n ? `${n[3]}-${n[2].padStart(2, '0')}-${n[1].padStart(2, '0')}` : chu.slice(0, 10);
  }

  function datLich(goc) {
    goc.querySelectorAll('input.ngay').forEach((o) => {
      if (o.readOnly || o.parentNode.classList.contains('o-ngay')) return;
      const khung = document.createElement('div');
      khung.className = 'o-ngay';
      o.replaceWith(khung);
      const lich = document.createElement('input');
      lich.type = 'date';
      lich.tabIndex = -1;
      lich.setAttribute('aria-hidden', 'true');
      const nut = document.createElement('button');
      nut.type = 'button';
      nut.textContent = '📅';
      nut.setAttribute('aria-label', loi.chonNgay);
      nut.addEventListener('click', () => {
        lich.value = sangNgay(o.value);
        if (lich.showPicker) lich.showPicker(); else lich.focus();
      });
      lich.addEventListener('change', () => {
        const n = lich.value.split('-');
        if (n.length !== 3) return;
        const gio = o.dataset.kieu === 'ngay_gio' ? (o.value.match(/\d{1,2}:\d{2}\s*$/) || [''])[0] : '';
        const thang = Number(n[1]);
        cu.set(o, o.value);
        o.value = `${n[2]}/${thang < 3 ? n[1] : thang}/${n[0]}${gio ? ` ${gio}` : ''}`;
        o.dispatchEvent(new Event('input', { bubbles: true }));
        o.dispatchEvent(new Event('change', { bubbles: true }));
      });
      khung.append(o, nut, lich);
    });
  }

  // ---- Nút thêm, xóa, chuyển: trang mới chỉ thay phần biểu mẫu

  document.addEventListener('submit', async (su) => {
    const mau = su.target;
    if (mau.id !== 'bieu-mau') return;
    su.preventDefault();
    const nut = su.submitter;
    const lam = nut && nut.name === 'lam' ? nut.value : '';
    conSua = true;
    if (!await luu()) return;
    if (lam && lam !== 'ghi') await thay(mau, nut);
  });

  async function thay(mau, nut) {
    const guiDi = new URLSearchParams(new FormData(mau));
    guiDi.set('lam', nut.value);
    let tra;
    try {
      tra = await fetch(mau.action, { method: 'POST', body: guiDi, signal: AbortSignal.timeout(20000) });
    } catch {
      return hong(guiDi);
    }
    await dua(tra, nut.value === 'them');
    return true;
  }

  async function dua(tra, tiepMoi) {
    if (!thayTrang(await tra.text(), tra.status)) return;
    if (tiepMoi) {
      const o = document.querySelector('#moi input:not([type="hidden"]), #moi textarea, #moi select');
      if (o) o.focus();
    }
  }

  // Thay biểu mẫu và danh sách mục bằng những cái của một trang vừa lấy về.
  function thayTrang(chu, tinhTrang) {
    const moi = new DOMParser().parseFromString(chu, 'text/html');
    const [nhapMoi, mucMoi] = [moi.getElementById('nhap'), moi.querySelector('.cac-muc')];
    if (!nhapMoi || !mucMoi) {
      noi((moi.querySelector('h1') || { textContent: String(tinhTrang) }).textContent, true);
      return false;
    }
    const chuaXem = document.querySelectorAll('#nhap > .xung-dot');
    document.getElementById('nhap').replaceWith(document.adoptNode(nhapMoi));
    bieuMau().before(...chuaXem);
    document.querySelector('.cac-muc').replaceWith(document.adoptNode(mucMoi));
    conSua = false;
    chuanBi();
    taiVanBan();
    return true;
  }

  // ---- Dán bảng thẳng vào một ô

  document.addEventListener('paste', (su) => {
    const chu = su.clipboardData && su.clipboardData.getData('text/plain');
    const bang = document.getElementById('bang');
    if (!chu || !bang || !su.target.closest('#bieu-mau') || su.target.tagName === 'TEXTAREA') return;
    if (!/\t/.test(chu)) return;
    su.preventDefault();
    bang.value = chu;
    const khung = bang.closest('details');
    khung.open = true;
    khung.scrollIntoView();
    bang.focus();
  });

  // ---- Người khác, và thay đổi ngoài trang này

  async function hoiTin() {
    const mau = bieuMau();
    let tin;
    try {
      const tra = await fetch(`/tep/${tep}/tinh-hinh?cua=${cua}`, { signal: AbortSignal.timeout(10000) });
      if (!tra.ok) return;
      tin = await tra.json();
    } catch {
      return;
    }
    nguoiKhac.textContent = tin.khac.length ? `${loi.nguoiKhac}: ${tin.khac.join(', ')}` : '';
    if (tin.goc === mau.elements.goc.value || conSua || dangGui) return;
    if (mau.contains(document.activeElement) && document.activeElement.matches('input:not([type="hidden"]), textarea')) {
      // Đang đứng trong một ô: chữ ở các ô khác lấy mới, ô này để yên; lần lưu tới sẽ ghép hai bên.
      noi(loi.daDoi);
      return;
    }
    const tra = await fetch(location.pathname);
    if (tra.ok) { await dua(tra, false); noi(loi.daDoi); }
  }

  window.addEventListener('online', () => { if (conSua) luu(); });
  window.addEventListener('beforeunload', (su) => {
    if (conSua || dangGui) su.preventDefault();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && conSua) luu();
  });

  function chuanBi() {
    const mau = bieuMau();
    datLich(mau);
    mau.querySelectorAll('.truong input').forEach(thayDoi);
  }

  async function guiTiep() {
    const cat = localStorage.getItem(noiCat);
    if (!cat) return;
    const than = new URLSearchParams(cat);
    than.set('khoa', loi.khoa);
    let tra;
    try {
      tra = await fetch(bieuMau().action, {
        method: 'POST', body: than, headers: { Accept: 'application/json' },
      });
    } catch {
      return;
    }
    if (tra.status >= 500) return;
    localStorage.removeItem(noiCat);
    if (!tra.ok) { noi(await chuLoi(tra), true); return; }
    const kq = await tra.json();
    const trangMoi = await fetch(location.pathname);
    if (trangMoi.ok) await dua(trangMoi, false);
    datXungDot(kq, new Map());
    noi(loi.daLuu);
  }

  chuanBi();
  thuNho();
  guiTiep();
  hoiTin();
  setInterval(hoiTin, 5000);
})();
