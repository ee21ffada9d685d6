using System.Xml;
using System.Xml.Linq;

namespace Tessera.Timetabling.Formats;

/// <summary>XML input with positions, for the readers of this folder.</summary>
internal static class XmlInput
{
    /// <exception cref="InputException">Not well-formed; the message names line and column.</exception>
    public static XDocument Load(Stream input)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(Streams.ReadAll(input)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new InputException($"not well-formed XML: {e.Message}", e.LineNumber, e.LinePosition);
        }
    }

    public static int LineOf(XObject? place) => ((IXmlLineInfo?)place)?.LineNumber ?? 0;

    /// <summary>An error at the element.</summary>
    public static InputException Wrong(XElement? element, string message) => new(message, LineOf(element), ((IXmlLineInfo?)element)?.LinePosition ?? 0);
}
