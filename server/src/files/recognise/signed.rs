//! P7M: a document in a CAdES signature (CMS `SignedData`, RFC 5652), in DER or BER. Whether the signature holds is not judged here.

use app::domain::document::upload::{FileKind, UploadProblem};
use axum::body::Bytes;
use bcder::{
    Captured, Mode, OctetString, Oid, Tag,
    decode::{Constructed, DecodeError, Source},
};
use memchr::memmem::find;

use super::{behind, not_whole};

/// The content of the OID 1.2.840.113549.1.7.2.
const SIGNED_DATA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// A sequence with a length of up to nine bytes, and the head of the OID, stand before it.
const OID_WITHIN: usize = 12 + SIGNED_DATA.len();

/// Whether it begins as a signature.
pub fn is_signed(bytes: &[u8]) -> bool {
    bytes.first() == Some(&0x30) && find(&bytes[..bytes.len().min(OID_WITHIN)], &SIGNED_DATA).is_some()
}

/// The document within, when the signature fills the file.
pub fn content(bytes: &[u8]) -> Result<Bytes, UploadProblem> {
    let cut = || not_whole(FileKind::P7m);
    let whole = Mode::Ber.decode(bytes, one_value).map_err(|_| cut())?;
    let rest = bytes.get(whole.len()..).ok_or_else(cut)?;
    if !rest.is_empty() {
        return Err(behind(FileKind::P7m, rest));
    }
    match Mode::Ber.decode(bytes, content_info) {
        Ok(Some(document)) if !document.is_empty() => Ok(document.into_bytes()),
        Ok(None) => Err(UploadProblem::NotAllowed { seen: Some("una firma staccata dal suo documento (P7M)".to_owned()) }),
        Ok(Some(_)) | Err(_) => Err(cut()),
    }
}

/// `ContentInfo { OID, [0] SignedData { version, algorithms, { OID, [0] document OPTIONAL }, certificates …, signers } }`.
fn content_info<S: Source>(cons: &mut Constructed<'_, S>) -> Result<Option<OctetString>, DecodeError<S::Error>> {
    cons.take_sequence(|cons| {
        Oid(SIGNED_DATA).skip_if(cons)?;
        cons.take_constructed_if(Tag::CTX_0, |cons| {
            cons.take_sequence(|cons| {
                cons.take_u8()?;
                cons.take_set(skip_rest)?;
                let document = cons.take_sequence(|cons| {
                    Oid::skip_in(cons)?;
                    cons.take_opt_constructed_if(Tag::CTX_0, OctetString::take_from)
                })?;
                skip_rest(cons)?;
                Ok(document)
            })
        })
    })
}

/// The first value with its head and, where its length is not told, its end.
fn one_value<S: Source>(cons: &mut Constructed<'_, S>) -> Result<Captured, DecodeError<S::Error>> {
    cons.capture_one()
}

/// All that follows. (`skip_all` of the library does not take the end of a value without a length for an end.)
fn skip_rest<S: Source>(cons: &mut Constructed<'_, S>) -> Result<(), DecodeError<S::Error>> {
    while cons.skip_opt(|_, _, _| Ok(()))?.is_some() {}
    Ok(())
}
