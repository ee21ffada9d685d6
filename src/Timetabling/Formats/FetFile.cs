using System.Xml.Linq;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Formats;

/// <summary>A school read from a .fet file, with what could not be understood and the document itself for writing it back.</summary>
public sealed class FetFile
{
    internal FetFile(School school, IReadOnlyList<InputWarning> warnings, XDocument document)
        => (School, Warnings, Document) = (school, warnings, document);

    public School School { get; }
    /// <summary>Elements that were not understood; none is dropped silently.</summary>
    public IReadOnlyList<InputWarning> Warnings { get; }
    internal XDocument Document { get; }
}
