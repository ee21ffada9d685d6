using System.Xml;
using System.Xml.Linq;

namespace Tessera.Timetabling.Formats;

/// <summary>XML input with positions, for the readers of this folder.</summary>
internal static class XmlInput
{
    /// <summary>No format nests deeper than a dozen; the time to build a tree grows with the square of its depth.</summary>
    private const int MaxDepth = 64;

    // Old files of FET begin with a document type; whatever it declares has no effect.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    /// <exception cref="InputException">Not well-formed; the message names line and column.</exception>
    public static XDocument Load(Stream input)
    {
        var content = Streams.ReadAll(input);
        try
        {
            CheckDepth(content);
            using var reader = XmlReader.Create(new MemoryStream(content), Settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            // The position comes first in our messages, so it need not come last as well.
            var end = e.LineNumber > 0 ? e.Message.LastIndexOf(" Line ", StringComparison.Ordinal) : -1;
            throw new InputException($"not well-formed XML: {(end > 0 ? e.Message[..end] : e.Message)}", e.LineNumber, e.LinePosition);
        }
    }

    private static void CheckDepth(byte[] content)
    {
        using var reader = XmlReader.Create(new MemoryStream(content), Settings);
        while (reader.Read())
            if (reader.Depth > MaxDepth) throw new InputException($"elements are nested deeper than {MaxDepth}", ((IXmlLineInfo)reader).LineNumber, ((IXmlLineInfo)reader).LinePosition);
    }

    public static int LineOf(XObject? place) => ((IXmlLineInfo?)place)?.LineNumber ?? 0;

    /// <summary>What the model refused, at the element that asked for it.</summary>
    public static InputException Wrong(XElement? element, ArgumentException refused)
        => Wrong(element, refused.Message.Replace($" (Parameter '{refused.ParamName}')", "", StringComparison.Ordinal));

    /// <summary>An error at the element.</summary>
    public static InputException Wrong(XElement? element, string message) => new(message, LineOf(element), ((IXmlLineInfo?)element)?.LinePosition ?? 0);
}
