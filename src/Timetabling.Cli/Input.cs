using System.Text;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Cli;

/// <summary>Reads the files named on the command line and says clearly what is wrong with them.</summary>
internal static class Input
{
    public static bool IsCourseFile(FileInfo file) => file.Name.EndsWith(".ctt", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith(".ctt.gz", StringComparison.OrdinalIgnoreCase);

    public static bool IsArchive(FileInfo file) => file.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith(".xml.gz", StringComparison.OrdinalIgnoreCase);

    public static CourseProblem Courses(FileInfo file) => Read(file, s => CourseFormat.Read(Text(s)));

    public static XhsttArchive Archive(FileInfo file)
    {
        var archive = Read(file, XhsttReader.Read);
        foreach (var warning in archive.Warnings) Console.Error.WriteLine($"{file.Name}: {warning}");
        return archive;
    }

    public static string Text(Stream stream) => Encoding.UTF8.GetString(Streams.ReadAll(stream));

    public static FetFile School(FileInfo file)
    {
        var school = Read(file, FetReader.Read);
        foreach (var warning in school.Warnings) Console.Error.WriteLine($"{file.Name}: {warning}");
        return school;
    }

    public static T Read<T>(FileInfo file, Func<Stream, T> read)
    {
        try
        {
            using var stream = file.OpenRead();
            return read(stream);
        }
        catch (InputException e)
        {
            throw new BadInputException($"{file.Name}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file.Name}: {e.Message}", e);
        }
    }

    public static void DemandFolder(FileInfo file)
    {
        if (file.Directory is not { Exists: true }) throw new BadInputException($"{file.FullName}: there is no folder {file.DirectoryName}.");
        if (Directory.Exists(file.FullName)) throw new BadInputException($"{file.FullName}: is a folder, not a file.");
    }

    public static void Write(FileInfo file, string text)
    {
        try
        {
            // Written beside and renamed, so that a reader never sees half a timetable.
            var beside = file.FullName + ".tmp";
            File.WriteAllText(beside, text, new UTF8Encoding(false));
            File.Move(beside, file.FullName, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file.FullName}: {e.Message}", e);
        }
    }
}
