using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Tessera.Kernel.Database;

/// <summary>
/// A new record and its row in the change feed, written in front of the statement that reads the record back: PostgreSQL takes
/// them as one transaction, and both sides wait for each other once instead of four times.
/// </summary>
/// <param name="model">Describes the tables.</param>
/// <param name="rows">Of different tables; what is referred to comes first.</param>
internal sealed class RowsInFront(IModel model, params IReadOnlyList<object> rows)
{
    private const string Insertion = "Tessera:Insertion";

    /// <summary>The statements, each with its end.</summary>
    public string Text => string.Concat(rows.Select(row => InsertionInto(row).Text));

    /// <summary>Gives the command the rows' values.</summary>
    public void AddParameters(DbCommand command)
    {
        foreach (var row in rows)
        {
            foreach (var (column, parameter) in InsertionInto(row).Values)
            {
                var value = column.Property.GetGetter().GetClrValue(row);
                command.Parameters.Add(column.Property.GetRelationalTypeMapping().CreateParameter(command, parameter, value, nullable: true));
            }
        }
    }

    private Statement InsertionInto(object row) => InsertionInto(
        model.FindRuntimeEntityType(row.GetType()) ?? throw new InvalidOperationException($"{row.GetType().Name} has no table."));

    private static Statement InsertionInto(IEntityType type) =>
        type.GetOrAddRuntimeAnnotationValue(Insertion, static described => Describe(described!), type);

    private static Statement Describe(IEntityType type)
    {
        var values = TableColumns.ColumnsOf(type).Where(c => !c.IsGenerated).Select((column, i) => (column, $"new_{type.GetTableName()}_{i}")).ToList();
        var names = string.Join(",", values.Select(value => value.column.Name));
        var parameters = string.Join(",", values.Select(value => "@" + value.Item2));
        return new Statement($"insert into {TableColumns.TableOf(type)} ({names}) values ({parameters});\n", values);
    }

    private sealed record Statement(string Text, IReadOnlyList<(TableColumn Column, string Parameter)> Values);
}
